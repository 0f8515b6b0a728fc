package karuta.serve.monitor;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts what a service answers, and says what is the matter. Any thread may call it. */
final class Monitor {

    /** How many stretches are kept of each length: two hours, eight days and over a year. */
    private static final Map<Span.Step, Integer> ROOM =
            Map.of(Span.Step.MINUTE, 120, Span.Step.HOUR, 24 * 8, Span.Step.DAY, 400);

    private final Instant since;
    private final Map<Span.Step, Timeline> times = new EnumMap<>(Span.Step.class);
    private final Map<String, CardMonitor> cards = new TreeMap<>();
    private final Takers takers = new Takers();
    private final Alarms alarms = new Alarms();
    private final Stretch all;

    /**
     * All that a monitor knows, to be kept: counts, scores, and names of cards, and nothing of what was asked or answered.
     *
     * @param since when it began to count, in ISO 8601
     * @param all in all that time
     * @param times stretches by step and number
     * @param cards by name
     * @param takers of the newest answers, the oldest first
     */
    record Known(
            String since,
            Stretch.Counts all,
            Map<Span.Step, Map<Long, Stretch.Counts>> times,
            Map<String, CardMonitor.Known> cards,
            List<String> takers,
            Alarms.Known alarms) {

        /** Of one that begins now. */
        static Known nothing(Instant now) {
            return new Known(
                    now.toString(),
                    new Stretch().counts(),
                    Map.of(),
                    Map.of(),
                    List.of(),
                    new Alarms.Known(List.of(), List.of()));
        }
    }

    /** @param since when it begins to count */
    Monitor(Instant since) {
        this(Known.nothing(since));
    }

    /**
     * One that goes on where another one was.
     *
     * @throws RuntimeException if no monitor has known such a thing
     */
    Monitor(Known known) {
        since = Instant.parse(known.since());
        all = Stretch.of(known.all());
        ROOM.forEach((step, room) -> times.put(
                step,
                new Timeline(
                        switch (step) {
                            case MINUTE -> Duration.ofMinutes(1);
                            case HOUR -> Duration.ofHours(1);
                            case DAY -> Duration.ofDays(1);
                        },
                        room)));
        known.times().forEach((step, counts) -> times.get(step).put(counts));
        known.cards().forEach((card, scores) -> cards.put(card, CardMonitor.of(scores)));
        known.takers().forEach(takers::add);
        alarms.put(known.alarms());
    }

    /** All of it. */
    synchronized Known known() {
        var counts = new EnumMap<Span.Step, Map<Long, Stretch.Counts>>(Span.Step.class);
        times.forEach((step, time) -> counts.put(step, time.counts()));
        var scores = new TreeMap<String, CardMonitor.Known>();
        cards.forEach((name, card) -> scores.put(name, card.known()));
        return new Known(since.toString(), all.counts(), counts, scores, takers.inOrder(), alarms.known());
    }

    /** How many answers it has counted. */
    synchronized long answers() {
        return all.answers();
    }

    /**
     * The pool has these cards from now on. Cards that stay as they are go on as they were.
     *
     * @param likeness scores of the own validation samples of each; none where they were not kept
     */
    synchronized void cards(Map<String, double[]> likeness, Instant now) {
        cards.keySet().retainAll(likeness.keySet());
        likeness.forEach((card, scores) -> {
            if (!cards.containsKey(card) || !cards.get(card).isOf(scores)) {
                cards.put(card, new CardMonitor(scores));
                alarms.end(Alarm.Kind.DRIFT, card, now);
            }
        });
        alarms.endOthers(cards.keySet(), now);
    }

    /**
     * Something was answered.
     *
     * @param best the card that was taken first; empty if there was none
     * @param score its likeness; may be no number
     * @param withheld whether the service abstained
     */
    synchronized void answered(Instant when, Optional<String> best, double score, boolean withheld, Duration latency) {
        times.values().forEach(time -> time.add(when, stretch -> stretch.add(best, withheld, latency)));
        all.add(best, withheld, latency);
        best.ifPresent(card -> {
            takers.add(card);
            Optional.ofNullable(cards.get(card))
                    .filter(known -> Double.isFinite(score))
                    .ifPresent(known -> {
                        known.add(score);
                        settle(Alarm.Kind.DRIFT, card, known.drift(), when);
                    });
        });
        collapse(when);
    }

    private void collapse(Instant when) {
        var dominant = takers.dominant(cards.size());
        alarms.all().stream()
                .filter(alarm ->
                        alarm.kind() == Alarm.Kind.COLLAPSE && alarm.until().isEmpty())
                .map(Alarm::card)
                .filter(card -> !dominant.equals(Optional.of(card)))
                .forEach(card -> alarms.end(Alarm.Kind.COLLAPSE, card, when));
        dominant.ifPresent(card -> alarms.raise(Alarm.Kind.COLLAPSE, card, when, collapse(card)));
    }

    private String collapse(String card) {
        var share = String.format(
                Locale.ROOT,
                "This card took %.0f %% of the last %d answers. ",
                100 * takers.usage().meanShare(card),
                takers.size());
        return share
                + (alarms.lasts(Alarm.Kind.DRIFT, card)
                        ? "They are less like it than its validation samples were: the choice of cards has probably collapsed."
                        : "Nothing shows that they are unlike it: perhaps nothing else is asked.");
    }

    private void settle(Alarm.Kind kind, String card, Optional<String> reason, Instant when) {
        reason.ifPresentOrElse(words -> alarms.raise(kind, card, when, words), () -> alarms.end(kind, card, when));
    }

    /** Everything, as the page shows it. */
    synchronized JsonObject json(Span span, Instant now) {
        var json = new JsonObject();
        json.addProperty("since", since.toString());
        json.addProperty("now", now.toString());
        json.addProperty("answers", all.answers());
        json.addProperty("abstained", all.abstained());
        var timeline = times.get(span.step());
        var stretches = timeline.last(span.count(), now);
        var sum = new Stretch();
        stretches.values().forEach(sum::add);
        json.add("span", span(span, timeline, now, sum));
        json.add("stretches", stretches(stretches));
        json.add("cards", cards(sum));
        json.add("usage", usage());
        json.add("alarms", alarms(alarms.all()));
        return json;
    }

    private static JsonObject span(Span span, Timeline timeline, Instant now, Stretch sum) {
        var json = new JsonObject();
        json.addProperty("name", span.name().toLowerCase(Locale.ROOT));
        json.addProperty("from", timeline.from(span.count(), now).toString());
        json.addProperty("stepSeconds", timeline.width().toSeconds());
        json.addProperty("steps", span.count());
        json.addProperty("answers", sum.answers());
        json.addProperty("abstained", sum.abstained());
        json.add("latency", latency(sum.latencies()));
        return json;
    }

    private static JsonObject latency(Latencies latencies) {
        var json = new JsonObject();
        json.addProperty("p50", latencies.quantile(0.5));
        json.addProperty("p95", latencies.quantile(0.95));
        json.addProperty("p99", latencies.quantile(0.99));
        return json;
    }

    private static JsonArray stretches(Map<Instant, Stretch> stretches) {
        var json = new JsonArray();
        stretches.forEach((at, stretch) -> {
            var part = new JsonObject();
            part.addProperty("at", at.toString());
            part.addProperty("answers", stretch.answers());
            part.addProperty("abstained", stretch.abstained());
            var taken = new JsonObject();
            stretch.cards().forEach(taken::addProperty);
            part.add("cards", taken);
            part.add("latency", latency(stretch.latencies()));
            json.add(part);
        });
        return json;
    }

    private JsonArray cards(Stretch sum) {
        var chosen = sum.cards().values().stream().mapToLong(count -> count).sum();
        var json = new JsonArray();
        cards.forEach((name, card) -> {
            var part = card.json();
            var taken = sum.cards().getOrDefault(name, 0L);
            part.addProperty("card", name);
            part.addProperty("answers", taken);
            part.addProperty("share", chosen == 0 ? 0 : (double) taken / chosen);
            json.add(part);
        });
        return json;
    }

    private JsonObject usage() {
        var usage = takers.usage();
        var json = new JsonObject();
        json.addProperty("answers", takers.size());
        json.addProperty("effectiveCards", usage.effectiveCards());
        json.addProperty("entropy", usage.entropy());
        usage.most().ifPresent(card -> {
            json.addProperty("most", card);
            json.addProperty("mostShare", usage.meanShare(card));
        });
        return json;
    }

    private static JsonArray alarms(Collection<Alarm> alarms) {
        var json = new JsonArray();
        for (var alarm : alarms) {
            var part = new JsonObject();
            part.addProperty("kind", alarm.kind().name().toLowerCase(Locale.ROOT));
            part.addProperty("card", alarm.card());
            part.addProperty("since", alarm.since().toString());
            alarm.until().ifPresent(until -> part.addProperty("until", until.toString()));
            part.addProperty("words", alarm.words());
            json.add(part);
        }
        return json;
    }
}
