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

    /**
     * All alarms as values, to be kept.
     *
     * @param open those that last
     * @param over the newest first
     */
    record Known(List<Line> open, List<Line> over) {

        Known {
            open = List.copyOf(open);
            over = List.copyOf(over);
        }
    }

    /**
     * An alarm.
     *
     * @param since in ISO 8601
     * @param until the same; empty while it lasts
     */
    record Line(Alarm.Kind kind, String card, String since, String until, String words) {

        static Line of(Alarm alarm) {
            return new Line(
                    alarm.kind(),
                    alarm.card(),
                    alarm.since().toString(),
                    alarm.until().map(Instant::toString).orElse(""),
                    alarm.words());
        }

        Alarm alarm() {
            var end = until.isEmpty() ? Optional.<Instant>empty() : Optional.of(Instant.parse(until));
            return new Alarm(kind, card, Instant.parse(since), end, words);
        }
    }

    private final Map<Subject, Alarm> open = new TreeMap<>();
    private final Deque<Alarm> over = new ArrayDeque<>();

    Known known() {
        return new Known(
                open.values().stream().map(Line::of).toList(),
                over.stream().map(Line::of).toList());
    }

    /** Goes on where others were. */
    void put(Known known) {
        known.open().stream().map(Line::alarm).forEach(each -> open.put(new Subject(each.kind(), each.card()), each));
        known.over().stream().map(Line::alarm).forEach(over::addLast);
    }

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
