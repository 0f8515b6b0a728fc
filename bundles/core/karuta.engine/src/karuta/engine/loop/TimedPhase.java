package karuta.engine.loop;

import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Phase;
import karuta.study.Training;

/**
 * A phase of a stage with what it takes.
 *
 * @param phase what the learner asked for
 * @param examples what it learns from
 * @param steps how long; none without examples
 */
record TimedPhase(Phase phase, List<TaskSample> examples, int steps) {

    TimedPhase(Phase phase, List<TaskSample> examples, ContinualLoop.Plan plan) {
        this(phase, examples, plan.rehearsal() ? 1 : steps(phase.length(), plan.training(), examples.size()));
    }

    private static int steps(Phase.Length length, Training training, int examples) {
        if (length instanceof Phase.Length.Steps fixed) {
            return Math.max(1, fixed.steps());
        }
        if (length instanceof Phase.Length.Epochs passes) {
            return epochs(passes.epochs(), training, examples);
        }
        var share = ((Phase.Length.Share) length).share();
        return Math.max(1, (int) Math.round(share * whole(training, examples)));
    }

    /** The steps that the study gives to a stage with so many examples. */
    static int whole(Training training, int examples) {
        return training.isSetSteps() ? training.getSteps() : epochs(training.getEpochs(), training, examples);
    }

    private static int epochs(int epochs, Training training, int examples) {
        var steps = (long) epochs * BatchSampler.batches(examples, training.getBatch());
        if (steps > Integer.MAX_VALUE) {
            throw new KarutaException(
                    "\"epochs\": " + epochs + " over " + examples + " examples would be " + steps + " steps.",
                    "Choose a smaller number.");
        }
        return (int) steps;
    }
}
