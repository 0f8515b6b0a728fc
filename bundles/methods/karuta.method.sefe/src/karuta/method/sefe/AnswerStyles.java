package karuta.method.sefe;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.BenchmarkWrapper;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Task;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Answer style diversification (ASD) of SEFE, over any benchmark: some training samples are asked and answered in other styles
 * (brief, detailed, multiple choice, yes or no), so that what a task teaches is not the form of its answers. Who writes them, in
 * the paper a language model, is not this program: they are taken from a file of JSON lines,
 *
 * <pre>
 *   {"task": "pets", "id": "a", "question": "Is it a cat? Answer yes or no.", "answer": "yes"}
 * </pre>
 *
 * <p>The images, the turns before and the tests stay as they are.
 */
@Component(name = "asd", factory = Benchmark.KIND)
@Designate(ocd = AnswerStyles.Options.class)
@Paper(
        "Chen et al.: SEFE: Superficial and Essential Forgetting Eliminator for Multimodal Continual Instruction Tuning, ICML 2025"
                + " (ASD)")
public final class AnswerStyles extends BenchmarkWrapper {

    /** Options of this benchmark. */
    @ObjectClassDefinition(
            name = "SEFE: answer style diversification",
            description = "Replaces training samples by rewritten ones from a file, over any benchmark.")
    public @interface Options {

        @AttributeDefinition(
                description = "A file of JSON lines with task, id, question and answer of rewritten samples.")
        String file();
    }

    private final Path file;

    @Activate
    public AnswerStyles(Options options) {
        if (options.file().isBlank()) {
            throw new KarutaException(
                    "The benchmark \"asd\" needs a file of rewritten samples.",
                    "Name it: benchmark: {id: asd, file: styles.jsonl, over: ...}.");
        }
        file = Path.of(options.file());
    }

    /** @throws KarutaException if the file cannot be used, or names a sample that the task does not have */
    @Override
    public Task task(String name) {
        var task = super.task(name);
        var left = new HashMap<String, Rewritten>();
        Rewritten.read(file).forEach(rewritten -> {
            if (!tasks().contains(rewritten.task())) {
                throw rewritten.refused("there is no task \"" + rewritten.task() + "\"");
            }
            if (rewritten.task().equals(name)) {
                if (left.containsKey(rewritten.id())) {
                    throw rewritten.refused("the sample \"" + rewritten.id() + "\" of " + name + " is rewritten twice");
                }
                left.put(rewritten.id(), rewritten);
            }
        });
        var count = left.size();
        var train = new ArrayList<Sample>();
        for (var sample : task.train()) {
            train.add(Optional.ofNullable(left.remove(sample.id()))
                    .map(rewritten -> rewritten(sample, rewritten))
                    .orElse(sample));
        }
        left.values().stream().findFirst().ifPresent(rewritten -> {
            throw rewritten.refused("the training data of " + name + " have no sample \"" + rewritten.id() + "\"");
        });
        var note = count + " of " + train.size() + " training samples are those of " + file + ".";
        return new Task(
                task.name(),
                task.about(),
                train,
                task.test(),
                task.scorer(),
                Stream.concat(task.notes().stream(), Stream.of(note)).toList());
    }

    private static Sample rewritten(Sample sample, Rewritten rewritten) {
        var query = new Query(sample.query().images(), sample.query().earlier(), rewritten.question());
        return new Sample(sample.id(), query, List.of(rewritten.answer()), sample.fields());
    }
}
