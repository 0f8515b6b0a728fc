package karuta.serve.monitor;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The newest stretches of time in which something was answered. Stretches without an answer take no room, so that a clock that
 * jumps does not empty it.
 */
final class Timeline {

    private final Duration width;
    private final int room;
    private final NavigableMap<Long, Stretch> stretches = new TreeMap<>();

    /**
     * @param width of a stretch
     * @param room for how many
     */
    Timeline(Duration width, int room) {
        this.width = width;
        this.room = room;
    }

    void add(Instant when, Consumer<Stretch> answer) {
        answer.accept(stretches.computeIfAbsent(number(when), first -> new Stretch()));
        if (stretches.size() > room) {
            stretches.pollFirstEntry();
        }
    }

    /** All stretches, by number. */
    Map<Long, Stretch.Counts> counts() {
        var counts = new TreeMap<Long, Stretch.Counts>();
        stretches.forEach((number, stretch) -> counts.put(number, stretch.counts()));
        return counts;
    }

    /** Goes on where another one was. */
    void put(Map<Long, Stretch.Counts> counts) {
        counts.forEach((number, stretch) -> stretches.put(number, Stretch.of(stretch)));
    }

    private long number(Instant when) {
        return Math.floorDiv(when.getEpochSecond(), width.toSeconds());
    }

    Duration width() {
        return width;
    }

    /** The stretches of the last {@code count} up to a moment, by their beginnings. */
    NavigableMap<Instant, Stretch> last(int count, Instant now) {
        var last = number(now);
        var found = new TreeMap<Instant, Stretch>();
        stretches
                .subMap(last - count + 1, true, last, true)
                .forEach((number, stretch) -> found.put(beginning(number), stretch));
        return found;
    }

    /** When the first of the last {@code count} begins. */
    Instant from(int count, Instant now) {
        return beginning(number(now) - count + 1);
    }

    private Instant beginning(long number) {
        return Instant.ofEpochSecond(number * width.toSeconds());
    }
}
