package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import karuta.api.Card;
import karuta.api.Insert.Tokens;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.tensor.CardShelf;
import karuta.tensor.FeatureMeans;
import karuta.tensor.ShelfPool;
import karuta.tensor.Tensors;

/** Two soft tokens per stage, found by the means of its features, for tests of selectors and fusions that train something. */
public final class ToyTaskPool extends ShelfPool {

    private static final int LENGTH = 2;

    /** Without cards. */
    public ToyTaskPool() {
        super("toy");
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        var shape = new Shape(LENGTH, context().backbone().spec().hidden());
        var numbers = context().random("toy task pool").fork(stage.number()).normals((int) shape.size());
        NDArray tokens = context().keep(Tensors.of(context().manager(), numbers, shape));
        shelf().train(List.of(new Card(
                shelf().unused(String.join("+", stage.tasks())),
                CardShelf.task(stage),
                true,
                Map.of(),
                List.of(new Tokens(tokens)))));
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
}
