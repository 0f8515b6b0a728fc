package karuta.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Backbone;
import karuta.api.Benchmark;
import karuta.api.Fusion;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.KarutaException;
import karuta.api.Scorer;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.check.Made.Maker;
import karuta.check.Outcome.Fails;
import karuta.check.Outcome.NotApplicable;
import karuta.check.Property.Result;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;

/** Checks strategies, each by the properties of its kind. */
public final class Checks {

    private Checks() {}

    /**
     * Whether an ensemble gets through a stage, or refuses its partners or options.
     *
     * @return what it says where it refuses
     */
    public static Optional<String> refusal(Ensemble ensemble) {
        for (var analysis : List.of(false, true)) {
            try (var trial = new Trial(ensemble, Ground.toys(), analysis, List.of())) {
                trial.learn(1).ask(Exercises.of(1, 2));
                return Optional.empty();
            } catch (KarutaException refused) {
                if (analysis) {
                    return Optional.of(refused.getMessage());
                }
            } catch (RuntimeException | LinkageError fault) {
                return Optional.empty(); // that is for the check itself to tell
            }
        }
        return Optional.empty();
    }

    /**
     * A learner with its parts: on toys, and on a small model where there is one.
     *
     * @param name of what is checked: the learner, or one of its parts
     * @param small a model that reads batches
     */
    public static Report ensemble(String name, Ensemble ensemble, Optional<Ground> small) {
        var results = new ArrayList<Result>();
        var starts = new Property("can be started", () -> {
                    try (var lesson = new Lesson(ensemble, Ground.toys(), small)) {
                        results.addAll(lesson.results());
                    }
                    return Outcome.holds();
                })
                .check();
        results.add(0, starts);
        return new Report(name, results);
    }

    /** A selector among the other parts of a learner, and before many cards. */
    public static Report selector(
            String name, Maker<? extends Selector> selector, Ensemble ensemble, Optional<Ground> small) {
        return selector(name, selector, Set.of(Guidance.IMAGE, Guidance.TEXT), ensemble, small);
    }

    /**
     * A selector among the other parts of a learner, and before many cards.
     *
     * @param needed the features that it cannot do without; of each other one, some samples have none
     */
    public static Report selector(
            String name,
            Maker<? extends Selector> selector,
            Set<String> needed,
            Ensemble ensemble,
            Optional<Ground> small) {
        var crowd = new Property("choices among many cards", () -> crowd(selector, needed));
        return with(ensemble(name, ensemble, small), crowd);
    }

    /** A fusion among the other parts of a learner, and without cards. */
    public static Report fusion(
            String name, Maker<? extends Fusion> fusion, Ensemble ensemble, Optional<Ground> small) {
        return with(ensemble(name, ensemble, small), new Property("makes nothing of no cards", () -> nothing(fusion)));
    }

    private static Report with(Report report, Property more) {
        var results = new ArrayList<>(report.results());
        results.add(more.check());
        return new Report(report.strategy(), results);
    }

    /** To the last bit, where PyTorch rounds products of other sizes differently. */
    private static Outcome crowd(Maker<? extends Selector> maker, Set<String> needed) {
        try (var context = Ground.toys().open(query -> Optional.empty());
                var made = maker.make()) {
            SelectorContract.holdsFor(context.start(made.strategy()), needed, 3, 200);
            return Outcome.holds();
        } catch (AssertionError found) {
            return new Fails(
                    found.getMessage(),
                    "3 and 200 cards with random keys",
                    "Compute for every sample from that sample alone; karuta.tensor.CardSimilarity does.");
        } catch (KarutaException refused) {
            return new NotApplicable("it refuses cards of other pools than its own: "
                    + refused.getMessage().lines().findFirst().orElse(""));
        }
    }

    private static Outcome nothing(Maker<? extends Fusion> maker) {
        try (var context = Ground.toys().open(query -> Optional.empty());
                var made = maker.make()) {
            var inserts = ToyCards.fuse(context.start(made.strategy()), Selection.NONE, List.of());
            return new Failure("Give no inserts for a sample for which no card was chosen.")
                    .require(inserts.isEmpty(), "no cards", "It makes " + inserts.size() + " inserts of no cards.")
                    .outcome();
        }
    }

    /** An encoder. */
    public static Report encoder(String name, Maker<? extends GuidanceEncoder> encoder) {
        return Report.of(name, new EncoderLesson(encoder).properties());
    }

    /** A backbone. */
    public static Report backbone(String name, Maker<? extends Backbone> backbone) {
        var asked = new BackboneLesson(backbone).properties();
        var inserts = new InsertLesson(backbone).properties();
        return Report.of(name, Stream.concat(asked.stream(), inserts.stream()).toList());
    }

    /**
     * A benchmark.
     *
     * @param below what a wrapper goes over
     */
    public static Report benchmark(
            String name, Maker<? extends Benchmark> benchmark, Optional<Maker<? extends Benchmark>> below) {
        return Report.of(name, new BenchmarkLesson(benchmark, below).properties());
    }

    /**
     * A scorer.
     *
     * @param rubric what it is tried with
     */
    public static Report scorer(String name, Maker<? extends Scorer> scorer, Rubric rubric) {
        return Report.of(name, new ScorerLesson(scorer, rubric).properties());
    }
}
