package karuta.use.care;

import java.util.ArrayList;
import java.util.TreeMap;
import karuta.archive.git.Change;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Packing;
import karuta.archive.pool.PoolFiles;

/**
 * Stores the cards of a pool in fewer bits.
 *
 * @param files the newest revision
 * @param packing how cards are to be stored
 */
public record Compression(PoolFiles files, Packing packing) {

    /** What that would change. Cards that are stored so already stay as they are. */
    public Proposal propose() {
        var change = Change.NONE;
        var before = new TreeMap<String, Long>();
        var after = new TreeMap<String, Long>();
        var alike = new TreeMap<String, Double>();
        var words = new ArrayList<String>();
        for (var card : files.cards()) {
            if (Packing.of(card) == packing) {
                words.add("The card \"" + card.task() + "\" is stored so already.");
                continue;
            }
            var old = files.tensors(card);
            var packed = CardStates.packed(card.task(), old, packing);
            change = change.and(files.with(packing.noted(card, packed), packed));
            before.put(card.task(), (long) old.length);
            after.put(card.task(), (long) packed.length);
            alike.put(
                    card.task(),
                    CardFile.alike(new CardFile(card.task(), old).keys(), new CardFile(card.task(), packed).keys()));
        }
        return new Proposal(change, before, after, alike, words);
    }
}
