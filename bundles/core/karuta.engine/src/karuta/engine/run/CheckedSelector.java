package karuta.engine.run;

import java.util.HashSet;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.State;
import karuta.api.StrategyContext;

/**
 * Holds a selector to its contract, so that a choice that is none is told as that selector's and not where it leads to.
 *
 * @param selector asked
 * @param name with bundle and file, for messages
 */
record CheckedSelector(Selector selector, String name) implements Selector {

    @Override
    public Selection select(Call call) {
        var selection = selector.select(call);
        if (selection == null) { // only a jar that was compiled without our annotations can do that
            throw wrong("chose nothing, not even Selection.none()");
        }
        var chosen = new HashSet<Card>();
        for (var pick : selection.picks()) {
            if (call.cards().stream().noneMatch(card -> card == pick.card())) {
                throw wrong("chose the card \"" + pick.card().id() + "\", which is none of the "
                        + call.cards().size() + " that it was asked to choose from");
            }
            if (Double.isInfinite(pick.score())) {
                throw wrong("gave the card \"" + pick.card().id() + "\" the score " + pick.score());
            }
            if (!chosen.add(pick.card())) {
                throw wrong("chose the card \"" + pick.card().id() + "\" twice");
            }
        }
        return selection;
    }

    private KarutaException wrong(String what) {
        return new KarutaException(name + " " + what, "mend the selector, or choose another one");
    }

    @Override
    public void start(StrategyContext context) {
        selector.start(context);
    }

    @Override
    public State save() {
        return selector.save();
    }

    @Override
    public void load(State state) {
        selector.load(state);
    }

    @Override
    public void close() {
        selector.close();
    }
}
