package karuta.pool.prototype;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Answer;
import karuta.api.Batch;
import karuta.api.Input;
import karuta.api.Learner;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.TrainingStep;
import karuta.kit.ToyContext;

/** The language model's loss with every card in front of the text, and the pool's terms. */
record AllCards(PrototypePool pool, ToyContext context) implements Learner {

    @Override
    public void beginStage(Stage stage) {
        pool.beginStage(stage);
    }

    @Override
    public List<Parameter> trainable() {
        return pool.trainable();
    }

    @Override
    public Map<String, NDArray> loss(Batch batch, TrainingStep step) {
        var inserts =
                pool.cards().stream().flatMap(card -> card.inserts().stream()).toList();
        var prompted = batch.inputs().stream()
                .map(input -> new PromptedInput(input, inserts))
                .toList();
        var losses = new HashMap<>(
                pool.losses(batch.inputs().stream().map(Input::guidance).toList()));
        losses.put("lm", context.backbone().score(prompted, batch.answers()).loss());
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        pool.endStage(stage, data);
    }

    @Override
    public List<Answer> answer(List<Input> inputs) {
        throw new UnsupportedOperationException("not asked here");
    }
}
