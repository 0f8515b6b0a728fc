package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;

/**
 * A learner for tests of pools: every sample gets what all cards insert, and the loss is the language model's with the pool's terms.
 *
 * @param pool started
 */
public record AllCards(PromptPool pool) implements Learner {

    @Override
    public void beginStage(Stage stage, StageData data) {
        pool.beginStage(stage, data);
    }

    @Override
    public List<Parameter> trainable() {
        return pool.trainable();
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        var inserts =
                pool.cards().stream().flatMap(card -> card.inserts().stream()).toList();
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new HashMap<>(Learner.super.losses(forward, step));
        losses.putAll(pool.losses(forward, step));
        return losses;
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        pool.afterStep(forward, step);
    }

    @Override
    public Optional<State> saveWithin() {
        return pool.saveWithin();
    }

    @Override
    public void loadWithin(State state) {
        pool.loadWithin(state);
    }

    @Override
    public Footprint footprint() {
        return pool.footprint();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        pool.endStage(stage, data);
    }
}
