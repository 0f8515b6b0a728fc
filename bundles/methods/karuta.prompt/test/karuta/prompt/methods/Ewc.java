package karuta.prompt.methods;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Forward;
import karuta.api.LearnerWrapper;
import karuta.api.Phase;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/**
 * Kirkpatrick et al.: Overcoming catastrophic forgetting, PNAS 2017, over any learner that keeps its parameters: {@code
 * strength / 2} times the sum over all earlier tasks of {@code F (theta - theta*)^2}.
 */
final class Ewc extends LearnerWrapper {

    /**
     * What a task says about a parameter.
     *
     * @param parameter its name
     * @param importance the mean over the task's examples of the squared gradient
     * @param anchor the value that the task left
     */
    private record Term(String parameter, NDArray importance, NDArray anchor) {

        NDArray of(NDArray value) {
            return value.sub(anchor).square().mul(importance).sum();
        }
    }

    private final double strength;
    private final List<Term> terms = new ArrayList<>();

    Ewc(double strength) {
        this.strength = strength;
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var values = new HashMap<String, NDArray>();
        trainable().forEach(parameter -> values.put(parameter.name(), parameter.value()));
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        terms.stream()
                .map(term -> term.of(values.get(term.parameter())))
                .reduce(NDArray::add)
                .ifPresent(sum -> losses.put("ewc", Ops.scale(sum, strength / 2)));
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var parameters = trainable();
        var squares = new ArrayList<NDArray>();
        parameters.forEach(parameter -> squares.add(parameter.value().zerosLike()));
        var step = new TrainingStep(
                stage, Phase.WHOLE, 0, 0, 1, context().random("ewc").fork(stage.number()));
        for (var i = 0; i < data.size(); i++) {
            var example = data.batch(i, i + 1);
            var gradients = context()
                    .gradients(
                            () -> Forward.of(context().backbone(), learner(), example, step)
                                    .output()
                                    .loss(),
                            parameters);
            for (var p = 0; p < gradients.size(); p++) {
                squares.set(p, squares.get(p).add(gradients.get(p).square()));
            }
        }
        for (var p = 0; p < squares.size(); p++) {
            var parameter = parameters.get(p);
            NDArray importance = Ops.scale(squares.get(p), 1.0 / data.size());
            terms.add(new Term(
                    parameter.name(), context().keep(importance), context().keep(parameter.value())));
        }
        super.endStage(stage, data);
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        var metadata = new HashMap<String, String>();
        for (var i = 0; i < terms.size(); i++) {
            tensors.put(i + ".importance", terms.get(i).importance());
            tensors.put(i + ".anchor", terms.get(i).anchor());
            metadata.put(i + ".parameter", terms.get(i).parameter());
        }
        return new State(tensors, metadata);
    }

    @Override
    public void load(State state) {
        terms.clear();
        for (var i = 0; i < state.metadata().size(); i++) {
            terms.add(new Term(
                    state.metadata().get(i + ".parameter"),
                    context().keep(state.tensors().get(i + ".importance")),
                    context().keep(state.tensors().get(i + ".anchor"))));
        }
    }
}
