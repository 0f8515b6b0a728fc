package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.CardShelf;
import karuta.tensor.FeatureMeans;
import karuta.tensor.ShelfPool;
import karuta.tensor.Tensors;

/** Two soft tokens per stage, found by the means of its features: a pool without fault, for faults to be planted in. */
class PlainPool extends ShelfPool {

    static final int LENGTH = 2;

    PlainPool() {
        super("plain");
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        shelf().train(List.of(new Card(
                shelf().unused(stage.tasks().get(0)),
                CardShelf.task(stage),
                true,
                Map.of(),
                List.of(new Insert.Tokens(tokens(stage))))));
    }

    NDArray tokens(Stage stage) {
        var shape = new Shape(LENGTH, context().backbone().spec().hidden());
        var numbers = context().random("plain").fork(stage.number()).normals((int) shape.size());
        return context().keep(Tensors.of(context().manager(), numbers, shape));
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var means = FeatureMeans.of(data, context());
        shelf().freeze(card -> new Card(card.id(), card.task(), false, means, card.inserts()));
    }

    @Override
    protected boolean fits(Card card) {
        return true;
    }

    static NDArray tokens(Card card) {
        return ((Insert.Tokens) card.inserts().get(0)).embeddings();
    }
}
