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
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.Selection;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;

/** A softmax regression from a sample's features to the answers it has met; it forgets, as such things do. */
public class Pupil implements Learner {

    /** What may happen in a training step. */
    @FunctionalInterface
    public interface Mishap {

        NDArray spoil(NDArray loss, TrainingStep step);
    }

    private static final List<String> ANSWERS = List.of("a!", "b!", "c!", "d!");

    private final Mishap mishap;
    private Optional<StrategyContext> context = Optional.empty();
    private Optional<NDArray> weights = Optional.empty();
    private final Map<String, String> learned = new TreeMap<>();

    public Pupil(Mishap mishap) {
        this.mishap = mishap;
    }

    public Pupil() {
        this((loss, step) -> loss);
    }

    @Override
    public void start(StrategyContext context) {
        this.context = Optional.of(context);
        var size = 2 * context.encoder().size();
        var initial = context.random("pupil").normals(ANSWERS.size() * size);
        weights = Optional.of(context.manager().create(initial, new Shape(ANSWERS.size(), size)));
    }

    @Override
    public void beginStage(Stage stage) {}

    @Override
    public List<Parameter> trainable() {
        return List.of(new Parameter("weights", weights.orElseThrow()));
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, TrainingStep step) {
        var truth = batch.answers().stream().mapToLong(ANSWERS::indexOf).toArray();
        NDArray labels = context.orElseThrow().manager().create(truth);
        return Map.of("answer", mishap.spoil(Ops.crossEntropy(logits(batch.inputs()), labels), step));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        learned.put("stage " + stage.number(), stage.tasks() + " of " + data.size());
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        NDArray logits = logits(inputs);
        var answers = new ArrayList<Answer>();
        for (var i = 0; i < inputs.size(); i++) {
            var best = (int) logits.get(i).argMax().getLong();
            var card = new Card(ANSWERS.get(best), Optional.empty(), false, Optional.empty(), List.of());
            var pick = new Selection.Pick(card, logits.get(i).getFloat(best));
            answers.add(new Answer(ANSWERS.get(best), Selection.of(List.of(pick))));
        }
        return answers;
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
        weights = Optional.of(context.orElseThrow().keep(state.tensors().get("weights")));
        learned.putAll(state.metadata());
    }
}
