package karuta.serve.monitor;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.metrics.forgetting.CardUsage;

/** Which cards the newest answers took, and whether one takes nearly all. */
final class Takers {

    static final int WINDOW = 200;

    /** Fewer answers say nothing. */
    private static final int ENOUGH = 50;

    private final Deque<String> newest = new ArrayDeque<>();

    void add(String card) {
        newest.addLast(card);
        if (newest.size() > WINDOW) {
            newest.removeFirst();
        }
    }

    /** The oldest one first. */
    List<String> inOrder() {
        return List.copyOf(newest);
    }

    int size() {
        return newest.size();
    }

    CardUsage usage() {
        var counts = new LinkedHashMap<String, Long>();
        newest.forEach(card -> counts.merge(card, 1L, Long::sum));
        return new CardUsage(Map.of("asked", counts));
    }

    /** The card that takes nearly all of many answers, where there are others. */
    Optional<String> dominant(int cards) {
        return cards > 1 && newest.size() >= ENOUGH ? usage().takesNearlyAll() : Optional.empty();
    }
}
