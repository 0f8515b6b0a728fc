package karuta.bench.cards;

import java.util.List;
import karuta.api.Benchmark;
import karuta.api.Paper;
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

    private final Deck deck;

    @Activate
    public Cards(Options options) {
        this(options.train(), options.test(), options.seed());
    }

    Cards(int train, int test, long seed) {
        deck = new Deck("cards", SteadyTask.eight(), train, test, seed);
    }

    @Override
    public List<String> tasks() {
        return deck.tasks();
    }

    @Override
    public Task task(String name) {
        return deck.task(name);
    }
}
