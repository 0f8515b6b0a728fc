package karuta.baseline.joint;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Answer;
import karuta.api.Baseline;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import org.osgi.service.component.annotations.Component;

/**
 * Lets any learner learn all tasks in one stage, their examples mixed: what sequential learning is measured against.
 */
@Component(name = "joint", factory = Baseline.KIND)
public final class JointBaseline implements Baseline {

    private Optional<StrategyContext> context = Optional.empty();

    @Override
    public void start(StrategyContext context) {
        this.context = Optional.of(context);
    }

    @Override
    public List<List<String>> schedule(List<String> tasks) {
        return List.of(tasks);
    }

    @Override
    public void beginStage(Stage stage) {
        learner().beginStage(stage);
    }

    @Override
    public List<Parameter> trainable() {
        return learner().trainable();
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, TrainingStep step) {
        return learner().loss(batch, step);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        learner().endStage(stage, data);
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        return learner().answer(inputs);
    }

    @Override
    public Footprint footprint() {
        return learner().footprint();
    }

    private Learner learner() {
        return context.orElseThrow().part(Learner.class);
    }
}
