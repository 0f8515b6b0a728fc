package karuta.tensor;

import java.util.List;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Parameter;
import karuta.api.PromptPool;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;

/** A pool whose cards stand on a shelf: {@code beginStage} puts some there to be trained, and the end of the stage freezes them. */
public abstract class ShelfPool extends StrategyBase implements PromptPool {

    private final CardShelf shelf;

    /**
     * Without cards.
     *
     * @param id of the pool, for messages
     */
    protected ShelfPool(String id) {
        shelf = new CardShelf(id);
    }

    /** Its cards. */
    protected final CardShelf shelf() {
        return shelf;
    }

    /** Whether a card that was kept has the sizes of this run. */
    protected abstract boolean fits(Card card);

    @Override
    public List<Card> cards() {
        return shelf.cards();
    }

    @Override
    public List<Parameter> trainable() {
        return shelf.trainable();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        shelf.freeze();
    }

    @Override
    public Footprint footprint() {
        return shelf.footprint();
    }

    @Override
    public State save() {
        return shelf.save();
    }

    @Override
    public void load(State state) {
        shelf.load(state, context(), this::fits);
    }
}
