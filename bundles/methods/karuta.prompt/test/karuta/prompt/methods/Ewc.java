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
    public void open(Stage stage) {
        learner().open(stage);
    }

    @Override
    public List<Parameter> trainable() {
        return learner().trainable();
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, TrainingStep moment) {
        var losses = new LinkedHashMap<>(learner().loss(batch, moment));
        var parameters = trainable();
        for (var i = 0; i < importance.size(); i++) {
            NDArray moved = parameters.get(i).value().sub(anchors.get(i)).square();
            losses.put("ewc." + i, Ops.scale(moved.mul(importance.get(i)).sum(), strength / 2));
        }
        return losses;
    }

    @Override
    public void close(Stage stage, StageData review) {
        var parameters = trainable();
        var moment = new TrainingStep(stage, 0, 1, setting().draws("ewc").at(stage.number()));
        var sums = new ArrayList<NDArray>();
        for (var i = 0; i < review.size(); i++) {
            var example = review.batch(i, i + 1);
            var gradients =
                    review.gradients(() -> learner().loss(example, moment).get("lm"), parameters);
            for (var p = 0; p < gradients.size(); p++) {
                NDArray square = gradients.get(p).square().div(review.size());
                if (sums.size() <= p) {
                    sums.add(square);
                } else {
                    sums.set(p, sums.get(p).add(square));
                }
            }
        }
        importance.clear();
        anchors.clear();
        sums.forEach(sum -> importance.add(setting().keep(sum)));
        parameters.forEach(parameter -> anchors.add(setting().keep(parameter.value())));
        learner().close(stage, review);
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        return learner().answer(inputs);
    }

    private Learner learner() {
        return setting().part(Learner.class);
    }
}
