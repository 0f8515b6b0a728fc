package karuta.rehearsal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import karuta.api.RandomStream;

/**
 * A uniform sample of a stream of unknown length (Vitter: Random Sampling with a Reservoir, 1985, Algorithm R): after n
 * elements, each of them is kept with probability capacity / n. The n-th decision is a pure function of n.
 *
 * @param <T> what is kept
 */
public final class Reservoir<T> {

    private final int capacity;
    private final RandomStream random;
    private final List<T> kept = new ArrayList<>();
    private long seen;

    /**
     * @param capacity how many elements are kept
     * @param random decides which ones
     */
    public Reservoir(int capacity, RandomStream random) {
        this.capacity = capacity;
        this.random = random;
    }

    /**
     * Sees {@code n} more elements of the stream.
     *
     * @param element is asked only for those that stay
     * @return those that had to make room
     */
    public List<T> see(int n, IntFunction<T> element) {
        Map<Integer, Integer> stay = new HashMap<>(); // place in the reservoir -> the last element that took it
        for (var i = 0; i < n; i++) {
            var place =
                    seen < capacity ? seen : random.fork(seen).below((int) Math.min(seen + 1, Integer.MAX_VALUE), 0);
            seen++;
            if (place < capacity) {
                stay.put((int) place, i);
            }
        }
        var gone = new ArrayList<T>();
        for (var place = 0; place < capacity; place++) {
            if (stay.containsKey(place)) {
                put(place, element.apply(stay.get(place))).ifPresent(gone::add);
            }
        }
        return gone;
    }

    private Optional<T> put(int place, T element) {
        if (place < kept.size()) {
            return Optional.of(kept.set(place, element));
        }
        kept.add(element);
        return Optional.empty();
    }

    /** By place. */
    public List<T> kept() {
        return List.copyOf(kept);
    }

    /** How many elements have gone by. */
    public long seen() {
        return seen;
    }

    /** Takes up what another one kept. */
    public void restore(List<T> elements, long seenBefore) {
        kept.clear();
        kept.addAll(elements);
        seen = seenBefore;
    }
}
