package karuta.archive.pool;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a card: {@code cards/NAME.json}.
 *
 * @param task its name
 * @param number of cards that were there when it was learned; cards stand in the order of this number, then of time
 * @param author who learned it
 * @param when by that machine's clock
 * @param source from what
 * @param options of the learning, in words
 * @param before scores of each task with a validation set, in percent, just before
 * @param after the same just after
 * @param likeness the scores that the card's own validation samples reached just after, each that of the best card for the
 *     sample, ascending, at most {@value #LIKENESSES}; empty where nobody knows
 * @param sha256 of the card's safetensors file, in the clear
 */
public record CardRecord(
        String task,
        int number,
        String author,
        Instant when,
        Source source,
        Map<String, String> options,
        Map<String, Double> before,
        Map<String, Double> after,
        List<Double> likeness,
        String sha256) {

    /** So many scores are kept: enough for a threshold. */
    public static final int LIKENESSES = 200;

    /** Copies maps and list. */
    public CardRecord {
        options = new TreeMap<>(options);
        before = new TreeMap<>(before);
        after = new TreeMap<>(after);
        likeness = List.copyOf(likeness);
    }

    /** Of a card without validation samples. */
    public CardRecord(
            String task,
            int number,
            String author,
            Instant when,
            Source source,
            Map<String, String> options,
            Map<String, Double> before,
            Map<String, Double> after,
            String sha256) {
        this(task, number, author, when, source, options, before, after, List.of(), sha256);
    }

    /** The card's name. */
    public CardName name() {
        return new CardName(task);
    }

    /** The same card under another name. */
    CardRecord named(CardName other) {
        return new CardRecord(other.value(), number, author, when, source, options, before, after, likeness, sha256);
    }
}
