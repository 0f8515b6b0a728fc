package karuta.engine.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.study.Arm;

/**
 * An arm whose strategies are found.
 *
 * @param arm as the study has it
 * @param learner a learner or a baseline
 * @param parts pool, selector and fusion, as far as the study gives them
 * @param over what a wrapper goes over
 * @param from what the arm begins with, if not with nothing
 */
public record ArmPlan(
        Arm arm,
        StrategyConfig learner,
        List<StrategyConfig> parts,
        Optional<ArmPlan> over,
        Optional<InitialCheckpoint> from) {

    /** Copies the list. */
    public ArmPlan {
        parts = List.copyOf(parts);
    }

    /** All its strategies. */
    public Stream<StrategyConfig> strategies() {
        return Stream.concat(
                Stream.concat(Stream.of(learner), parts.stream()), over.stream().flatMap(ArmPlan::strategies));
    }

    /** What the arm depends on, as text that is equal for equal arms. */
    public String describe() {
        return learner.describe()
                + parts.stream().map(StrategyConfig::describe).collect(Collectors.joining(",", "(", ")"))
                + over.map(inner -> " over " + inner.describe()).orElse("")
                + from.map(origin -> " from " + origin.describe()).orElse("");
    }
}
