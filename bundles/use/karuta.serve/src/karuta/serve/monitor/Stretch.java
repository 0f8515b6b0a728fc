package karuta.serve.monitor;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What was answered in a stretch of time. */
final class Stretch {

    /** More names are not told apart, so that a pool that is renamed all the time does not fill the memory. */
    private static final int NAMES = 200;

    /** For the cards beyond those. */
    static final String OTHERS = "(others)";

    /**
     * The same as a value, to be kept.
     *
     * @param answers how many
     * @param abstained how many of them were withheld
     * @param cards how often each was the best one
     * @param latencies by bin
     */
    record Counts(long answers, long abstained, Map<String, Long> cards, Map<Integer, Long> latencies) {

        Counts {
            cards = new TreeMap<>(cards);
            latencies = new TreeMap<>(latencies);
        }
    }

    private final Map<String, Long> cards = new TreeMap<>();
    private final Latencies latencies = new Latencies();
    private long answers;
    private long abstained;

    /** @param best card of the answer; empty if there was none */
    void add(Optional<String> best, boolean withheld, Duration latency) {
        answers++;
        abstained += withheld ? 1 : 0;
        latencies.add(latency);
        best.map(card -> cards.containsKey(card) || cards.size() < NAMES ? card : OTHERS)
                .ifPresent(card -> cards.merge(card, 1L, Long::sum));
    }

    void add(Stretch other) {
        answers += other.answers;
        abstained += other.abstained;
        latencies.add(other.latencies);
        other.cards.forEach((card, count) -> cards.merge(card, count, Long::sum));
    }

    Counts counts() {
        return new Counts(answers, abstained, cards, latencies.counts());
    }

    /** Goes on where another one was. */
    static Stretch of(Counts counts) {
        var stretch = new Stretch();
        stretch.answers = counts.answers();
        stretch.abstained = counts.abstained();
        stretch.cards.putAll(counts.cards());
        stretch.latencies.add(counts.latencies());
        return stretch;
    }

    long answers() {
        return answers;
    }

    long abstained() {
        return abstained;
    }

    /** How often each card was the best one. */
    Map<String, Long> cards() {
        return cards;
    }

    Latencies latencies() {
        return latencies;
    }
}
