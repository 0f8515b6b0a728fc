package karuta.check;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Card;
import karuta.api.Stage;
import karuta.check.Outcome.Fails;

/** Cards of earlier tasks stay the same objects with the same bits, and no two cards have one id. */
final class ClosedCards implements Watch {

    private record Kept(Card card, List<List<Byte>> bits) {}

    private final Map<String, Kept> closed = new HashMap<>();
    private Optional<Fails> found = Optional.empty();
    private boolean tied;

    @Override
    public void ended(Trial trial, Stage stage) {
        var ids = new HashSet<String>();
        for (var card : trial.cards()) {
            if (!ids.add(card.id())) {
                fail("Two cards have the id \"" + card.id() + "\".", stage, "Make ids unique; CardShelf.unused helps.");
            }
            if (!card.trainable() && card.task().isPresent()) {
                tied = true;
                compare(card, stage);
            }
        }
        closed.forEach((id, kept) -> {
            if (!ids.contains(id)) {
                fail("The card \"" + id + "\" has gone.", stage, "Keep the cards of earlier tasks.");
            }
        });
    }

    private void compare(Card card, Stage stage) {
        var now = new Kept(card, bits(card));
        var before = closed.putIfAbsent(card.id(), now);
        if (before == null) {
            return;
        }
        if (!before.bits.equals(now.bits)) {
            fail(
                    "The closed card \"" + card.id() + "\" has changed.",
                    stage,
                    "Train copies, and do not write into what was frozen.");
        } else if (before.card != card) {
            fail(
                    "The closed card \"" + card.id() + "\" is another object than before.",
                    stage,
                    "Give the same object every time: what was computed of cards is kept for these.");
        }
    }

    private static List<List<Byte>> bits(Card card) {
        var all = new ArrayList<List<Byte>>();
        CardArrays.of(card).values().forEach(array -> {
            var bytes = new ArrayList<Byte>();
            for (var number : array.toByteArray()) {
                bytes.add(number);
            }
            all.add(bytes);
        });
        return all;
    }

    private void fail(String what, Stage stage, String remedy) {
        found = found.or(() -> Optional.of(new Fails(what, "after stage " + stage.number(), remedy)));
    }

    @Override
    public Outcome verdict() {
        return found.isPresent() || tied
                ? Outcome.of(found)
                : new Outcome.NotApplicable("it keeps no cards that are tied to tasks");
    }
}
