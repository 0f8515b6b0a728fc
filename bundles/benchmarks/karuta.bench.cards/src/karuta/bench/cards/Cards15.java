package karuta.bench.cards;

import java.util.List;
import java.util.stream.Stream;
import karuta.api.Benchmark;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Task;
import karuta.bench.cards.Pair.Half;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The embedded benchmark with fifteen tasks: the eight of {@link Cards}, sample for sample, three pairs that overlap, and
 * one that shares all but its pictures' tone with one of the eight.
 *
 * <p>Of a pair with the share s, no selector that is not told the task finds the true card for more than 1 - s/2 of the
 * samples on average, and no method scores above 1 - s/4: a shared sample is drawn the same way for both tasks, and half of
 * the shared ones have another answer in each.
 */
@Component(name = "cards15", factory = Benchmark.KIND)
@Designate(ocd = Cards15.Options.class)
@Paper("After the kinds of tasks of Chen et al., CoIN: A Benchmark of Continual Instruction Tuning for Multimodal Large"
        + " Language Models, NeurIPS 2024, section 3")
public final class Cards15 implements Benchmark {

    /** What can be set. */
    @ObjectClassDefinition(
            name = "Cards, fifteen tasks",
            description =
                    "The tasks of cards and seven more, of which three pairs share a known part of their samples.")
    @interface Options {

        @AttributeDefinition(description = "Training samples per task", min = "1", max = "1000000")
        int train() default 1000;

        @AttributeDefinition(description = "Test samples per task", min = "1", max = "1000000")
        int test() default 200;

        @AttributeDefinition(description = "What the pictures and questions are drawn from")
        long seed() default 0;

        @AttributeDefinition(
                description = "Percent of their samples that the two tasks of tally, of sign and of badge share",
                min = "0",
                max = "100")
        int[] overlap() default {25, 50, 75};
    }

    private final Deck deck;

    @Activate
    public Cards15(Options options) {
        this(options.train(), options.test(), options.seed(), options.overlap());
    }

    Cards15(int train, int test, long seed, int... overlap) {
        var pairs = Pair.values();
        if (overlap.length != pairs.length) {
            throw new KarutaException(
                    "The benchmark cards15 has three pairs of tasks, and \"overlap\" gives " + overlap.length
                            + " percentages.",
                    "Give one for tally, one for sign and one for badge, such as [25, 50, 75].");
        }
        deck = new Deck("cards15", tasks(overlap), train, test, seed);
    }

    @Override
    public List<String> tasks() {
        return deck.tasks();
    }

    @Override
    public Task task(String name) {
        return deck.task(name);
    }

    /** The eight, the days, gqa by night, the nights: between two tasks of a pair there are always three others. */
    private static List<CardTask> tasks(int[] overlap) {
        return Stream.of(
                        SteadyTask.eight().stream(),
                        tasks(Half.DAY, overlap),
                        Stream.of(SteadyTask.GQA_NIGHT),
                        tasks(Half.NIGHT, overlap))
                .<CardTask>flatMap(tasks -> tasks)
                .toList();
    }

    private static Stream<PairTask> tasks(Half half, int[] overlap) {
        return Stream.of(Pair.values()).map(pair -> new PairTask(pair, half, overlap[pair.ordinal()]));
    }
}
