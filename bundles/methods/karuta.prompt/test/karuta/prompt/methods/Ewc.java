package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/** Kirkpatrick et al.: Overcoming catastrophic forgetting, PNAS 2017, over any learner that keeps its parameters. */
final class Ewc extends Started implements Learner {

    private final double strength;
    private final List<NDArray> importance = new ArrayList<>();
    private final List<NDArray> anchors = new ArrayList<>();

    Ewc(double strength) {
        this.strength = strength;
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
        var losses = new LinkedHashMap<>(learner().loss(batch, step));
        var parameters = trainable();
        for (var i = 0; i < importance.size(); i++) {
            NDArray moved = parameters.get(i).value().sub(anchors.get(i)).square();
            losses.put("ewc." + i, Ops.scale(moved.mul(importance.get(i)).sum(), strength / 2));
        }
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var parameters = trainable();
        var step = new TrainingStep(stage, 0, 1, context().random("ewc").fork(stage.number()));
        var sums = new ArrayList<NDArray>();
        for (var i = 0; i < data.size(); i++) {
            var example = data.batch(i, i + 1);
            var gradients = data.gradients(() -> learner().loss(example, step).get("lm"), parameters);
            for (var p = 0; p < gradients.size(); p++) {
                NDArray square = gradients.get(p).square().div(data.size());
                if (sums.size() <= p) {
                    sums.add(square);
                } else {
                    sums.set(p, sums.get(p).add(square));
                }
            }
        }
        importance.clear();
        anchors.clear();
        sums.forEach(sum -> importance.add(context().keep(sum)));
        parameters.forEach(parameter -> anchors.add(context().keep(parameter.value())));
        learner().endStage(stage, data);
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        return learner().answer(inputs);
    }

    private Learner learner() {
        return context().part(Learner.class);
    }
}
