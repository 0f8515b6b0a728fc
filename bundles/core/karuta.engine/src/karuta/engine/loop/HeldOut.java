package karuta.engine.loop;

import ai.djl.ndarray.NDArray;
import java.util.List;
import karuta.api.Forward;
import karuta.api.Learner;
import karuta.api.TrainingStep;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/**
 * The samples by which training may end early.
 *
 * @param learner who learns
 * @param inputs what it may see
 * @param plan with the samples and the size of batches
 * @param listener may stop it between batches
 */
record HeldOut(Learner learner, InputEncoder inputs, ContinualLoop.Plan plan, RunListener listener) {

    /** The sum of all terms: the mean over batches as large as those of training, each as often as it has samples. */
    double loss(TrainingStep step) {
        var samples = plan.stopping().heldOut().stream().map(TaskSample::new).toList();
        var size = plan.training().getBatch();
        var sum = 0.0;
        for (var from = 0; from < samples.size(); from += size) {
            listener.proceed();
            var batch = samples.subList(from, Math.min(from + size, samples.size()));
            sum += loss(batch, step) * batch.size();
        }
        return sum / samples.size();
    }

    private double loss(List<TaskSample> samples, TrainingStep step) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> {
                var forward = Forward.of(inputs.frozen().backbone(), learner, inputs.batch(samples), step);
                return learner.losses(forward, step).values().stream()
                        .mapToDouble(NDArray::getFloat)
                        .sum();
            });
        }
    }
}
