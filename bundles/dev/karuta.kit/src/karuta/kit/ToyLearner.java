package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import karuta.api.Batch;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.Tensors;

/** One soft prompt for everything, for tests of learners that wrap others. It remembers what it was asked to do. */
public final class ToyLearner extends StrategyBase implements Learner {

    private static final int LENGTH = 3;

    private final List<Stage> opened = new ArrayList<>();
    private final List<Stage> closed = new ArrayList<>();
    private final List<Batch> batches = new ArrayList<>();
    private final List<NDArray> prompt = new ArrayList<>();

    @Override
    public void beginStage(Stage stage, StageData data) {
        opened.add(stage);
        if (prompt.isEmpty()) {
            var hidden = context().backbone().spec().hidden();
            var numbers = context().random("toy learner").normals(LENGTH * hidden);
            prompt.add(context().keep(Tensors.of(context().manager(), numbers, new Shape(LENGTH, hidden))));
        }
    }

    @Override
    public List<Parameter> trainable() {
        return prompt.stream().map(value -> new Parameter("prompt", value)).toList();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        var inserts = prompt.stream().<Insert>map(Insert.Tokens::new).toList();
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        batches.add(forward.batch());
        return Learner.super.losses(forward, step);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        closed.add(stage);
    }

    @Override
    public Footprint footprint() {
        var size = prompt.stream().mapToLong(NDArray::size).sum();
        return new Footprint(size, size, 0, 0);
    }

    /** The stages that were opened. */
    public List<Stage> opened() {
        return opened;
    }

    /** The stages that were closed. */
    public List<Stage> closed() {
        return closed;
    }

    /** All batches that it learned from, in order. */
    public List<Batch> batches() {
        return batches;
    }

    @Override
    public State save() {
        return prompt.isEmpty() ? State.EMPTY : new State(Map.of("prompt", prompt.get(0)), Map.of());
    }

    @Override
    public void load(State state) {
        prompt.clear();
        state.tensors().values().forEach(kept -> prompt.add(context().keep(kept)));
    }
}
