package karuta.engine.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.study.Study;

/**
 * All that a study asks for.
 *
 * @param study as read
 * @param shared what all runs share; empty in a pretraining study
 * @param runs every arm with every seed in every order
 * @param pretraining what is pretrained; empty in a study that compares arms
 */
public record StudyPlan(
        Study study, Optional<Shared> shared, List<RunPlan> runs, Optional<StrategyConfig> pretraining) {

    /**
     * What all runs share.
     *
     * @param backbone the frozen model
     * @param encoder the frozen encoder
     * @param benchmark the tasks
     */
    public record Shared(StrategyConfig backbone, StrategyConfig encoder, StrategyConfig benchmark) {

        /** All of them. */
        public Stream<StrategyConfig> strategies() {
            return Stream.concat(Stream.of(backbone, encoder), benchmark.all());
        }
    }

    /** All strategies that the study asks for, each as often as it does. */
    public Stream<StrategyConfig> strategies() {
        var arms = runs.stream().map(RunPlan::arm).distinct().flatMap(ArmPlan::strategies);
        return Stream.concat(Stream.concat(shared.stream().flatMap(Shared::strategies), arms), pretraining.stream());
    }

    /** Copies the list. */
    public StudyPlan {
        runs = List.copyOf(runs);
    }
}
