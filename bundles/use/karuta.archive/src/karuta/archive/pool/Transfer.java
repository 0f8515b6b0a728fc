package karuta.archive.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.git.Change;

/**
 * Takes cards of one pool over into another one whose history has nothing to do with it.
 *
 * @param change of the other pool
 * @param taken the cards that it adds
 * @param there the cards that the other pool has already, number for number
 */
public record Transfer(Change change, List<CardName> taken, List<CardName> there) {

    /** Copies the lists. */
    public Transfer {
        taken = List.copyOf(taken);
        there = List.copyOf(there);
    }

    /**
     * Takes cards over; they stand behind those that are there.
     *
     * @param cards of {@code from}
     * @throws KarutaException if the pools are for different models, or there is another card of that name
     */
    public static Transfer of(PoolFiles from, List<CardName> cards, PoolFiles to) {
        PoolMerge.samePins(to.manifest(), from.manifest());
        var change = state(from, to);
        var taken = new ArrayList<CardName>();
        var there = new ArrayList<CardName>();
        var number = to.nextNumber();
        for (var name : cards) {
            var card = from.card(name);
            var own = to.find(name);
            if (own.isEmpty()) {
                change = change.and(to.with(card.numbered(number++), from.tensors(card)));
                taken.add(name);
            } else if (own.get().sha256().equals(card.sha256())) {
                there.add(name);
            } else {
                throw new KarutaException(
                        "The pool has another card \"" + name + "\": learned by "
                                + own.get().author() + " from "
                                + own.get().source().folder()
                                + ", and this one by " + card.author() + " from "
                                + card.source().folder() + ".",
                        "Rename one of them first (\"karuta pool rename\").");
            }
        }
        return new Transfer(change, taken, there);
    }

    private static Change state(PoolFiles from, PoolFiles to) {
        var rest = from.state();
        if (rest.isEmpty()) {
            return Change.NONE;
        }
        return to.withState(to.state()
                .map(own -> new RestMerge(Optional.empty(), own, rest.get()).merged())
                .orElseGet(rest::get));
    }
}
