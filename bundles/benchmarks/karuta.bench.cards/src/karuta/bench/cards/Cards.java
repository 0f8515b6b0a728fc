package karuta.bench.cards;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Query;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.api.Task;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The embedded benchmark. */
@Component(name = "cards", factory = Benchmark.KIND)
@Designate(ocd = Cards.Options.class)
@Paper("After the kinds of tasks of Chen et al., CoIN: A Benchmark of Continual Instruction Tuning for Multimodal Large"
        + " Language Models, NeurIPS 2024, section 3")
public final class Cards implements Benchmark {

    /** What can be set. */
    @ObjectClassDefinition(
            name = "Cards",
            description = "Eight tasks of image and instruction, rendered from a seed, of the kinds of CoIN's tasks.")
    @interface Options {

        @AttributeDefinition(description = "Training samples per task", min = "1", max = "1000000")
        int train() default 1000;

        @AttributeDefinition(description = "Test samples per task", min = "1", max = "1000000")
        int test() default 200;

        @AttributeDefinition(description = "What the pictures and questions are drawn from")
        long seed() default 0;
    }

    private final int train;
    private final int test;
    private final long seed;

    @Activate
    public Cards(Options options) {
        this(options.train(), options.test(), options.seed());
    }

    Cards(int train, int test, long seed) {
        this.train = train;
        this.test = test;
        this.seed = seed;
    }

    @Override
    public List<String> tasks() {
        return Stream.of(CardTask.values()).map(CardTask::id).toList();
    }

    @Override
    public Task task(String name) {
        var task = Stream.of(CardTask.values())
                .filter(candidate -> candidate.id().equals(name))
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The benchmark cards has no task " + name + ".",
                        "Its tasks are " + String.join(", ", tasks()) + "."));
        return new Task(name, samples(task, Split.TRAIN, train), samples(task, Split.TEST, test), task.scorer());
    }

    private List<Sample> samples(CardTask task, Split split, int count) {
        return IntStream.range(0, count).mapToObj(i -> sample(task, split, i)).toList();
    }

    /** Draws until the scene belongs to the split and can be asked about. */
    private Sample sample(CardTask task, Split split, int index) {
        var place =
                RandomStream.of(seed, "cards").fork(task.id()).fork(split.id()).fork(index);
        for (var attempt = 0L; ; attempt++) {
            var draws = place.fork(attempt);
            var scene = task.domain().scene(draws.fork("scene"));
            if (Split.of(scene) != split) {
                continue;
            }
            var ask = task.asks().get(draws.below(task.asks().size(), 0));
            var question = ask.about(scene, draws.fork("question"));
            if (question.isPresent()) {
                var picture = new RenderedPicture(scene, draws.fork("picture"));
                return new Sample(
                        "%s-%s-%05d".formatted(task.id(), split.id(), index),
                        new Query(Optional.of(picture), question.get().text()),
                        question.get().answer(task.convention()));
            }
        }
    }
}
