package karuta.engine.toy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Selection;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/** A softmax regression from a sample's features to the answers it has met; it forgets, as such things do. */
public class Pupil extends StrategyBase implements Learner {

    /** What may happen in a training step. */
    @FunctionalInterface
    public interface Mishap {

        NDArray spoil(NDArray loss, TrainingStep step);
    }

    private final Mishap mishap;
    private Optional<NDArray> weights = Optional.empty();
    private final Map<String, String> learned = new TreeMap<>();

    public Pupil(Mishap mishap) {
        this.mishap = mishap;
    }

    public Pupil() {
        this((loss, step) -> loss);
    }

    @Override
    protected void started() {
        var encoder = context().encoder();
        var size = encoder.size(Guidance.IMAGE) + encoder.size(Guidance.TEXT);
        var initial = context().random("pupil").normals(PupilBackbone.ANSWERS.size() * size);
        weights = Optional.of(context().manager().create(initial, new Shape(PupilBackbone.ANSWERS.size(), size)));
    }

    @Override
    public List<Parameter> trainable() {
        return List.of(new Parameter("weights", weights.orElseThrow()));
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        NDArray logits = logits(inputs);
        var prompted = new ArrayList<PromptedInput>();
        for (var i = 0; i < inputs.size(); i++) {
            var own = logits.get(i + ":" + (i + 1));
            var best = (int) logits.get(i).argMax().getLong();
            var card = new Card(PupilBackbone.ANSWERS.get(best), Optional.empty(), false, Map.of(), List.of());
            var pick = new Selection.Pick(card, logits.get(i).getFloat(best));
            prompted.add(
                    new PromptedInput(inputs.get(i), List.of(new Insert.Tokens(own)), new Selection(List.of(pick))));
        }
        return prompted;
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        return Map.of("answer", mishap.spoil(forward.output().loss(), step));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        learned.put("stage " + stage.number(), stage.tasks() + " of " + data.size());
    }

    private NDArray logits(List<Input> inputs) {
        var features = new NDList();
        inputs.forEach(input -> features.add(NDArrays.concat(new NDList(
                input.guidance().image().orElseThrow(), input.guidance().text().orElseThrow()))));
        return Ops.linear(NDArrays.stack(features), weights.orElseThrow());
    }

    @Override
    public Footprint footprint() {
        return new Footprint(weights.orElseThrow().size(), weights.orElseThrow().size(), 0, 0);
    }

    @Override
    public State save() {
        return new State(Map.of("weights", weights.orElseThrow()), learned);
    }

    @Override
    public void load(State state) {
        weights = Optional.of(context().keep(state.tensors().get("weights")));
        learned.putAll(state.metadata());
    }
}
