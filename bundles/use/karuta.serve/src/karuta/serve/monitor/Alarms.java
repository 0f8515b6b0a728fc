package karuta.serve.monitor;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Those that last, and the newest of those that are over. */
final class Alarms {

    private static final int REMEMBERED = 50;

    private record Subject(Alarm.Kind kind, String card) implements Comparable<Subject> {

        @Override
        public int compareTo(Subject other) {
            return kind == other.kind ? card.compareTo(other.card) : kind.compareTo(other.kind);
        }
    }

    private final Map<Subject, Alarm> open = new TreeMap<>();
    private final Deque<Alarm> over = new ArrayDeque<>();

    /** Says how it is now; words are new each time, the beginning stays. */
    void raise(Alarm.Kind kind, String card, Instant now, String words) {
        open.compute(
                new Subject(kind, card),
                (subject, before) ->
                        new Alarm(kind, card, before == null ? now : before.since(), Optional.empty(), words));
    }

    /** It is over, if it lasted. */
    void end(Alarm.Kind kind, String card, Instant now) {
        Optional.ofNullable(open.remove(new Subject(kind, card))).ifPresent(alarm -> {
            over.addFirst(new Alarm(kind, card, alarm.since(), Optional.of(now), alarm.words()));
            if (over.size() > REMEMBERED) {
                over.removeLast();
            }
        });
    }

    /** What is the matter with any card that is not among those. */
    void endOthers(Iterable<String> cards, Instant now) {
        var kept = new ArrayList<String>();
        cards.forEach(kept::add);
        List.copyOf(open.keySet()).stream()
                .filter(subject -> !kept.contains(subject.card()))
                .forEach(subject -> end(subject.kind(), subject.card(), now));
    }

    /** Those that last first, then the newest. */
    List<Alarm> all() {
        var all = new ArrayList<>(open.values());
        all.addAll(over);
        return all;
    }

    boolean lasts(Alarm.Kind kind, String card) {
        return open.containsKey(new Subject(kind, card));
    }
}
