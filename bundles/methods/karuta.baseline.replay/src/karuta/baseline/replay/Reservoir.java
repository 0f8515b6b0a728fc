package karuta.baseline.replay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import karuta.api.RandomStream;

/**
 * A uniform sample of a stream of unknown length (Vitter: Random Sampling with a Reservoir, 1985, Algorithm R): after n
 * elements, each of them is kept with probability capacity / n. The n-th decision is a pure function of n.
 *
 * @param <T> what is kept
 */
final class Reservoir<T> {

    private final int capacity;
    private final RandomStream draws;
    private final List<T> kept = new ArrayList<>();
    private long seen;

    Reservoir(int capacity, RandomStream draws) {
        this.capacity = capacity;
        this.draws = draws;
    }

    /**
     * Sees {@code n} more elements of the stream.
     *
     * @param element is asked only for those that stay
     */
    void see(int n, IntFunction<T> element) {
        Map<Integer, Integer> stay = new HashMap<>(); // place in the reservoir -> the last element that took it
        for (var i = 0; i < n; i++) {
            var place = seen < capacity ? seen : draws.fork(seen).below((int) Math.min(seen + 1, Integer.MAX_VALUE), 0);
            seen++;
            if (place < capacity) {
                stay.put((int) place, i);
            }
        }
        for (var place = 0; place < capacity; place++) {
            if (stay.containsKey(place)) {
                put(place, element.apply(stay.get(place)));
            }
        }
    }

    private void put(int place, T element) {
        if (place < kept.size()) {
            kept.set(place, element);
        } else {
            kept.add(element);
        }
    }

    /** By place. */
    List<T> kept() {
        return List.copyOf(kept);
    }

    /** How many elements have gone by. */
    long seen() {
        return seen;
    }

    /** Takes up what another one kept. */
    void restore(List<T> elements, long seenBefore) {
        kept.clear();
        kept.addAll(elements);
        seen = seenBefore;
    }
}
