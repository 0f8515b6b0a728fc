package karuta.archive.pool;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import karuta.files.Sha256;

/**
 * What is known of a card: {@code cards/NAME.json}.
 *
 * @param task its name
 * @param number its place: cards stand in the order of this number, then of their names; no clock counts
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

    /**
     * As many scores as a record keeps, evenly, the lowest one among them.
     *
     * @param scores ascending
     */
    public static List<Double> kept(List<Double> scores) {
        var kept = Math.min(scores.size(), LIKENESSES);
        return IntStream.range(0, kept)
                .mapToObj(i -> scores.get((int) ((long) i * scores.size() / kept)))
                .toList();
    }

    /** The card's name. */
    public CardName name() {
        return new CardName(task);
    }

    /** The same card at another place. */
    public CardRecord numbered(int other) {
        return new CardRecord(task, other, author, when, source, options, before, after, likeness, sha256);
    }

    /**
     * The same card with other numbers.
     *
     * @param option says why
     * @param value of that option
     * @param tensors its safetensors file
     */
    public CardRecord rewritten(String option, String value, byte[] tensors) {
        var all = new TreeMap<>(options);
        all.put(option, value);
        var hash = new Sha256().add(tensors).hex();
        return new CardRecord(task, number, author, when, source, all, before, after, likeness, hash);
    }

    /**
     * The same card with other scores of its own validation samples.
     *
     * @param scores in any order; none where nobody knows
     */
    public CardRecord measured(List<Double> scores) {
        var likes = kept(scores.stream().sorted().toList());
        return new CardRecord(task, number, author, when, source, options, before, after, likes, sha256);
    }

    /** The same card under another name, which its own scores have, too. */
    CardRecord named(CardName other) {
        return new CardRecord(
                other.value(),
                number,
                author,
                when,
                source,
                options,
                renamed(before, other),
                renamed(after, other),
                likeness,
                sha256);
    }

    private Map<String, Double> renamed(Map<String, Double> scores, CardName other) {
        var all = new TreeMap<>(scores);
        Optional.ofNullable(all.remove(task)).ifPresent(own -> all.put(other.value(), own));
        return all;
    }
}
