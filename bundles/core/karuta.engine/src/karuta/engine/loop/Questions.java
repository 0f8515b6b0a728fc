package karuta.engine.loop;

import java.util.List;
import java.util.Optional;
import karuta.api.Learner;
import karuta.api.Task;
import karuta.engine.features.FrozenModels;

/**
 * Asks a learner the test samples of single tasks, in the batches in which a run asks them.
 *
 * @param learner who answers
 * @param frozen backbone and encoder
 * @param tasks with their scorers
 * @param analysis whether the learner may see the true task
 */
public record Questions(Learner learner, FrozenModels frozen, Tasks tasks, boolean analysis) {

    /** What it answers to a task now. */
    public Evaluation ask(Task task, int stage) {
        return new Evaluator(
                        learner,
                        new InputEncoder(frozen, analysis),
                        new Tasks(List.of(task), List.of(), tasks.scorers()),
                        ContinualLoop.ASKED,
                        Optional.empty(),
                        RunListener.NOBODY)
                .evaluate(stage, AnswerLog.NONE);
    }
}
