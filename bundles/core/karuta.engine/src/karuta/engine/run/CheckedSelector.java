package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.Gradient;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyContext;
import karuta.api.TrainingStep;

/**
 * Holds a selector to its contract, so that a choice that is none is told as that selector's and not where it leads to.
 *
 * @param selector asked
 * @param name with bundle and file, for messages
 */
record CheckedSelector(Selector selector, String name) implements Selector {

    @Override
    public List<Selection> select(Calls calls) {
        var selections = selector.select(calls);
        if (selections == null) { // only a jar that was compiled without our annotations can do that
            throw wrong("chose nothing, not even Selection.NONE");
        }
        if (selections.size() != calls.samples().size()) {
            throw wrong("made " + selections.size() + " selections for "
                    + calls.samples().size() + " samples");
        }
        var candidates = Collections.<Card>newSetFromMap(new IdentityHashMap<>());
        candidates.addAll(calls.cards().all());
        selections.forEach(selection -> check(selection, candidates));
        return selections;
    }

    private void check(Selection selection, Set<Card> candidates) {
        if (selection == null) {
            throw wrong("chose nothing for a sample, not even Selection.NONE");
        }
        var chosen = Collections.<Card>newSetFromMap(new IdentityHashMap<>());
        for (var pick : selection.picks()) {
            if (!candidates.contains(pick.card())) {
                throw wrong("chose the card \"" + pick.card().id() + "\", which is none of the " + candidates.size()
                        + " that it was asked to choose from");
            }
            if (Double.isInfinite(pick.score())) {
                throw wrong("gave the card \"" + pick.card().id() + "\" the score " + pick.score());
            }
            if (!chosen.add(pick.card())) {
                throw wrong("chose the card \"" + pick.card().id() + "\" twice");
            }
        }
        selection.runnerUp().map(Selection.Pick::card).ifPresent(next -> {
            if (!candidates.contains(next) || chosen.contains(next)) {
                throw wrong("says that the card \"" + next.id() + "\" came next, which "
                        + (chosen.contains(next) ? "it has chosen" : "it was not asked to choose from"));
            }
        });
    }

    private KarutaException wrong(String what) {
        return new KarutaException(name + " " + what + ".", "Mend the selector, or choose another one.");
    }

    @Override
    public void start(StrategyContext context) {
        selector.start(context);
    }

    @Override
    public void beginStage(Stage stage, StageData data) {
        selector.beginStage(stage, data);
    }

    @Override
    public List<Parameter> trainable() {
        return selector.trainable();
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        return selector.losses(forward, step);
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        return selector.gradients(gradients, step);
    }

    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        selector.afterStep(forward, step);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        selector.endStage(stage, data);
    }

    @Override
    public Footprint footprint() {
        return selector.footprint();
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
