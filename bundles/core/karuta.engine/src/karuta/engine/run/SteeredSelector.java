package karuta.engine.run;

import java.util.List;
import karuta.api.Calls;
import karuta.api.Footprint;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.State;

/**
 * A selector whose choice is put right on its way to the learner. It is asked, not trained.
 *
 * @param selector who chooses
 * @param steering puts right
 */
record SteeredSelector(Selector selector, Steering steering) implements Selector {

    @Override
    public List<Selection> select(Calls calls) {
        return selector.select(calls).stream()
                .map(chosen -> steering.right(chosen, calls.cards()))
                .toList();
    }

    @Override
    public Footprint footprint() {
        return selector.footprint();
    }

    @Override
    public State save() {
        return selector.save();
    }
}
