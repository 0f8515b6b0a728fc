package karuta.engine.run;

import java.util.List;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.PromptPool;
import karuta.api.State;

/**
 * A pool whose cards are given with the prompts of an earlier time. It is asked, not trained.
 *
 * @param pool who keeps the cards
 * @param steering knows the earlier ones
 */
record SteeredPool(PromptPool pool, Steering steering) implements PromptPool {

    @Override
    public List<Card> cards() {
        return pool.cards().stream().map(steering::now).toList();
    }

    @Override
    public Footprint footprint() {
        return pool.footprint();
    }

    @Override
    public State save() {
        return pool.save();
    }
}
