package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.BackboneSpec;
import karuta.api.Card;
import karuta.api.Forward;
import karuta.api.Insert;
import karuta.api.PromptedInput;
import karuta.api.Selection;
import karuta.api.TrainingStep;
import karuta.check.Outcome.Fails;

/** What goes into the backbone has its sizes, what is chosen stands in the pool, and a loss term is one number. */
final class ShapeWatch implements Watch {

    private Optional<Fails> found = Optional.empty();

    @Override
    public void prompted(Trial trial, List<PromptedInput> prompted, boolean training) {
        var spec = trial.context().backbone().spec();
        for (var i = 0; i < prompted.size(); i++) {
            var where = "sample " + i + (training ? " in training" : " at inference");
            prompted.get(i).inserts().forEach(insert -> check(insert, spec, where));
            check(prompted.get(i).selection(), trial, where);
        }
    }

    private void check(Insert insert, BackboneSpec spec, String where) {
        if (insert instanceof Insert.Tokens tokens) {
            rows("soft tokens", tokens.embeddings(), spec.hidden(), where);
        } else if (insert instanceof Insert.Prefix prefix) {
            rows("keys of a prefix", prefix.keys(), spec.keyValueSize(), where);
            rows("values of a prefix", prefix.values(), spec.keyValueSize(), where);
            if (prefix.layer() < 0 || prefix.layer() >= spec.layers()) {
                fail(
                        "A prefix is for layer " + prefix.layer() + ", but the backbone has " + spec.layers() + ".",
                        where,
                        "Ask spec().layers() when the stage begins, and refuse options that do not fit.");
            }
            if (!prefix.keys().getShape().equals(prefix.values().getShape())) {
                fail(
                        "A prefix has keys " + prefix.keys().getShape() + " and values "
                                + prefix.values().getShape() + ".",
                        where,
                        "Give as many values as keys.");
            }
        } else if (insert instanceof Insert.Adapter adapter) {
            adapter.weight().ifPresent(weight -> scalar("weight of an adapter", weight, where));
        }
    }

    private void rows(String what, NDArray array, int width, String where) {
        var shape = array.getShape();
        if (shape.dimension() != 2 || shape.get(1) != width) {
            fail(
                    "The shape of the " + what + " is " + shape + " and should be (M, " + width + ").",
                    where,
                    "Give one row per token, as wide as the backbone says in spec().");
        } else if (array.getDataType() != DataType.FLOAT32) {
            fail("The " + what + " are " + array.getDataType() + ".", where, "Give float32.");
        }
    }

    private void check(Selection selection, Trial trial, String where) {
        var cards = trial.cards();
        if (!cards.isEmpty()) {
            selection.picks().forEach(pick -> {
                if (cards.stream().noneMatch(card -> same(card, pick.card()))) {
                    fail(
                            "It chose the card \"" + pick.card().id() + "\", which is none of the pool's.",
                            where,
                            "Choose the very objects that the call holds; make no cards of your own.");
                }
                if (Double.isInfinite(pick.score())) {
                    fail(
                            "The score of a card is " + pick.score() + ".",
                            where,
                            "Give a finite score, or NaN for none.");
                }
            });
            var chosen = selection.picks().stream()
                    .map(pick -> System.identityHashCode(pick.card()))
                    .toList();
            if (chosen.stream().distinct().count() < chosen.size()) {
                fail("It chose a card twice.", where, "Choose every card at most once for a sample.");
            }
        }
        selection.picks().forEach(pick -> pick.weight().ifPresent(w -> scalar("weight of a card", w, where)));
    }

    /** A card that is trained may be another object every time. */
    private static boolean same(Card card, Card chosen) {
        return card == chosen || card.trainable() && card.id().equals(chosen.id());
    }

    @Override
    public void scored(Trial trial, Forward forward, TrainingStep step, Map<String, NDArray> terms) {
        terms.forEach((name, term) -> scalar(
                "loss term \"" + name + "\"", term, "stage " + step.stage().number()));
    }

    private void scalar(String what, NDArray array, String where) {
        if (!array.getShape().equals(new Shape())) {
            fail("The shape of the " + what + " is " + array.getShape() + ".", where, "Give one number, a scalar: ().");
        }
    }

    private void fail(String what, String where, String remedy) {
        found = found.or(() -> Optional.of(new Fails(what, where, remedy)));
    }

    @Override
    public Outcome verdict() {
        return Outcome.of(found);
    }
}
