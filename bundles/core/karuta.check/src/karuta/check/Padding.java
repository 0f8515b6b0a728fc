package karuta.check;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Sample;

/**
 * On a model that reads a batch at once, what a sample gets does not depend on the padding that longer ones bring. The rounding of
 * float32 is allowed for.
 *
 * @param ensemble who learns
 * @param ground a model that reads batches
 * @param analysis whether samples come with their true tasks
 */
record Padding(Ensemble ensemble, Ground ground, boolean analysis) {

    /** A share of the largest logit; float32 rounds products of other sizes by some 1e-6. */
    private static final double ROUNDING = 1e-3;

    Outcome outcome() {
        try (var trial = new Trial(ensemble, ground, analysis, List.of())) {
            for (var task = 1; task <= 2; task++) {
                trial.learn(task, "task" + task, Exercises.of(task, 4));
            }
            var samples = new ArrayList<Sample>(Exercises.of(1, 4));
            samples.addAll(Exercises.of(2, 2));
            var together = trial.ask(samples);
            var failure =
                    new Failure("Look at tokens.mask(...) wherever a delta takes a mean or a maximum over tokens.");
            for (var i = 0; i < samples.size(); i++) {
                var alone = trial.ask(List.of(samples.get(i))).get(0);
                failure.require(
                        places(alone).equals(places(together.get(i))),
                        "sample " + i + " of " + samples.size(),
                        "On the small model it gets other cards alone than beside longer samples.");
                failure.require(
                        alone.near(together.get(i), ROUNDING),
                        "sample " + i + " of " + samples.size(),
                        "On the small model a logit is " + alone.distance(together.get(i))
                                + " off beside longer samples: padding counts.");
            }
            return failure.outcome();
        }
    }

    private static List<Integer> places(Said said) {
        return IntStream.range(0, said.picks().size())
                .mapToObj(i -> said.picks().get(i).place())
                .toList();
    }
}
