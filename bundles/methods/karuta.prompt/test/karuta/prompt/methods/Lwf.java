package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import karuta.api.Forward;
import karuta.api.LearnerWrapper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyContext.Twin;
import karuta.api.TrainingStep;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;

/**
 * Li, Hoiem: Learning without Forgetting, ECCV 2016, over any learner. What it said to the new data before the stage is
 * taught as well, with temperature 1.
 */
final class Lwf extends LearnerWrapper {

    private Optional<Twin> teacher = Optional.empty();

    /** The first stage has nothing to remember. */
    @Override
    public void beginStage(Stage stage, StageData data) {
        if (stage.number() > 1) {
            teacher = Optional.of(context().twin());
        }
        super.beginStage(stage, data);
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        teacher.ifPresent(twin -> {
            NDArray taught =
                    Autograd.noGrad(() -> Ops.softmax(Forward.of(context().backbone(), twin.learner(), forward.batch())
                            .output()
                            .logits()));
            NDArray said = Ops.logSoftmax(forward.output().logits());
            losses.put(
                    "distillation", taught.mul(said).sum(new int[] {1}).mean().neg());
        });
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        super.endStage(stage, data);
        teacher.ifPresent(Twin::close);
        teacher = Optional.empty();
    }
}
