package karuta.serve.monitor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class MonitorTest {

    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");
    private static final Duration QUICK = Duration.ofMillis(100);

    private final Random random = new Random(7);
    private final Monitor monitor = new Monitor(NOON);

    private double[] validation() {
        return IntStream.range(0, 100).mapToDouble(i -> random.nextGaussian()).toArray();
    }

    private void answer(Instant when, String card, double score) {
        monitor.answered(when, Optional.of(card), score, false, QUICK);
    }

    private JsonObject json(Span span, Instant now) {
        return monitor.json(span, now);
    }

    private static List<String> alarms(JsonObject json, boolean lasting) {
        return StreamSupport.stream(json.getAsJsonArray("alarms").spliterator(), false)
                .map(alarm -> alarm.getAsJsonObject())
                .filter(alarm -> alarm.has("until") != lasting)
                .map(alarm -> alarm.get("kind").getAsString() + " "
                        + alarm.get("card").getAsString())
                .toList();
    }

    @Test
    void sharesAreThoseOfTheTimeThatIsAskedFor() {
        monitor.cards(Map.of("a", new double[0], "b", new double[0]), NOON);
        answer(NOON.minus(Duration.ofHours(3)), "a", 1);
        answer(NOON, "a", 1);
        answer(NOON, "b", 1);
        answer(NOON, "b", 1);
        monitor.answered(NOON, Optional.empty(), Double.NaN, true, QUICK);
        var hour = json(Span.HOUR, NOON);
        assertEquals(4, hour.getAsJsonObject("span").get("answers").getAsInt());
        assertEquals(1, hour.getAsJsonObject("span").get("abstained").getAsInt());
        assertEquals(
                "{\"a\":1,\"b\":2}",
                hour.getAsJsonArray("stretches")
                        .get(0)
                        .getAsJsonObject()
                        .get("cards")
                        .toString());
        var day = json(Span.DAY, NOON);
        assertEquals(2, day.getAsJsonArray("stretches").size());
        assertEquals(
                0.5,
                day.getAsJsonArray("cards")
                        .get(0)
                        .getAsJsonObject()
                        .get("share")
                        .getAsDouble(),
                1e-12);
        assertEquals(
                0,
                json(Span.HOUR, NOON.plus(Duration.ofHours(2)))
                        .getAsJsonArray("stretches")
                        .size());
        assertEquals(
                5,
                json(Span.YEAR, NOON.plus(Duration.ofDays(300)))
                        .getAsJsonObject("span")
                        .get("answers")
                        .getAsInt());
    }

    @Test
    void yearsOfServiceTakeNoMoreRoomThanOne() {
        var time = new Timeline(Duration.ofHours(1), 24 * 8);
        for (var hour = 0; hour < 3 * 365 * 24; hour++) {
            time.add(NOON.plus(Duration.ofHours(hour)), stretch -> stretch.add(Optional.of("a"), false, QUICK));
        }
        assertEquals(
                24 * 8,
                time.last(1_000_000, NOON.plus(Duration.ofDays(3 * 365))).size());
        var stretch = new Stretch();
        IntStream.range(0, 10_000).forEach(i -> stretch.add(Optional.of("card " + i), false, QUICK));
        assertEquals(201, stretch.cards().size());
        assertEquals(10_000 - 200, stretch.cards().get(Stretch.OTHERS));
    }

    @Test
    void aClockThatIsSetBackLosesNothing() {
        monitor.cards(Map.of("a", new double[0]), NOON);
        answer(NOON, "a", 1);
        answer(NOON.minus(Duration.ofDays(2)), "a", 1);
        answer(NOON.plus(Duration.ofDays(2)), "a", 1);
        assertEquals(
                3,
                json(Span.MONTH, NOON.plus(Duration.ofDays(2)))
                        .getAsJsonObject("span")
                        .get("answers")
                        .getAsInt());
    }

    @Test
    void quantilesAreThoseOfTheAnswersToWithinABin() {
        var latencies = new Latencies();
        var seconds = IntStream.range(0, 5_000)
                .mapToDouble(i -> 0.05 * Math.exp(random.nextGaussian()))
                .toArray();
        Arrays.stream(seconds).forEach(s -> latencies.add(Duration.ofNanos((long) (s * 1e9))));
        Arrays.sort(seconds);
        for (var share : new double[] {0.01, 0.5, 0.95, 0.99, 1}) {
            var exact = seconds[(int) Math.ceil(share * seconds.length) - 1];
            assertEquals(1, latencies.quantile(share) / exact, 0.073, "quantile " + share);
        }
        latencies.add(Duration.ofDays(1));
        latencies.add(Duration.ofSeconds(-5));
        assertTrue(latencies.quantile(1) > 900);
    }

    @Test
    void aCardThatIsAskedSomethingElseGivesAnAlarmAndNoOtherDoes() {
        monitor.cards(Map.of("a", validation(), "b", validation()), NOON);
        for (var i = 0; i < 400; i++) {
            answer(NOON.plusSeconds(i), "a", random.nextGaussian());
            answer(NOON.plusSeconds(i), "b", random.nextGaussian() - (i < 200 ? 0 : 2));
        }
        var json = json(Span.DAY, NOON.plusSeconds(500));
        assertEquals(List.of("drift b"), alarms(json, true));
        var since = Instant.parse(json.getAsJsonArray("alarms")
                .get(0)
                .getAsJsonObject()
                .get("since")
                .getAsString());
        assertTrue(since.isAfter(NOON.plusSeconds(200)) && since.isBefore(NOON.plusSeconds(281)), since.toString());
        assertEquals(
                "steady",
                json.getAsJsonArray("cards")
                        .get(0)
                        .getAsJsonObject()
                        .get("drift")
                        .getAsString());
        monitor.cards(Map.of("a", validation(), "b", validation()), NOON.plusSeconds(600)); // learned anew
        json = json(Span.DAY, NOON.plusSeconds(700));
        assertEquals(List.of(), alarms(json, true));
        assertEquals(List.of("drift b"), alarms(json, false));
    }

    @Test
    void aCardThatStaysKeepsWhatIsKnownOfItWhenThePoolChanges() {
        var scores = validation();
        monitor.cards(Map.of("a", scores), NOON);
        IntStream.range(0, 40).forEach(i -> answer(NOON, "a", i));
        monitor.cards(Map.of("a", scores, "b", validation()), NOON);
        var cards = json(Span.DAY, NOON).getAsJsonArray("cards");
        assertEquals(1, cards.get(0).getAsJsonObject().get("looks").getAsInt());
        assertEquals("waiting", cards.get(1).getAsJsonObject().get("drift").getAsString());
    }

    @Test
    void scoresThatAreNoneAndCardsWithoutValidationAreNoDrift() {
        monitor.cards(Map.of("a", new double[0], "b", new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1}), NOON);
        for (var i = 0; i < 1_000; i++) {
            answer(NOON, "a", random.nextGaussian());
            answer(NOON, "b", -random.nextInt(100));
            answer(NOON, "a", Double.NaN);
            answer(NOON, "gone", 3);
        }
        var json = json(Span.DAY, NOON);
        assertEquals(List.of(), alarms(json, true));
        assertEquals(
                "unknown",
                json.getAsJsonArray("cards")
                        .get(0)
                        .getAsJsonObject()
                        .get("drift")
                        .getAsString());
        assertEquals(
                "untestable",
                json.getAsJsonArray("cards")
                        .get(1)
                        .getAsJsonObject()
                        .get("drift")
                        .getAsString());
        assertFalse(json.toString().contains("NaN"));
    }

    @Test
    void oneCardThatTakesNearlyAllIsToldAndWhetherItHasDrifted() {
        monitor.cards(Map.of("a", validation(), "b", validation()), NOON);
        IntStream.range(0, 49).forEach(i -> answer(NOON, "a", random.nextGaussian()));
        assertEquals(List.of(), alarms(json(Span.DAY, NOON), true), "too few to tell");
        IntStream.range(0, 150).forEach(i -> answer(NOON, "a", random.nextGaussian()));
        assertEquals(List.of("collapse a"), alarms(json(Span.DAY, NOON), true));
        assertTrue(json(Span.DAY, NOON).toString().contains("perhaps nothing else is asked"));
        IntStream.range(0, 200).forEach(i -> answer(NOON, "a", random.nextGaussian() - 3));
        assertEquals(List.of("drift a", "collapse a"), alarms(json(Span.DAY, NOON), true));
        assertTrue(json(Span.DAY, NOON).toString().contains("has probably collapsed"));
        IntStream.range(0, 40).forEach(i -> answer(NOON, "b", random.nextGaussian()));
        assertEquals(List.of("drift a"), alarms(json(Span.DAY, NOON), true));
        assertEquals(
                0.8,
                json(Span.DAY, NOON).getAsJsonObject("usage").get("mostShare").getAsDouble(),
                1e-12);
    }

    @Test
    void alarmsThatAreOverAreRememberedUpToANumber() {
        var alarms = new Alarms();
        for (var i = 0; i < 500; i++) {
            alarms.raise(Alarm.Kind.DRIFT, "a" + i, NOON, "");
            alarms.end(Alarm.Kind.DRIFT, "a" + i, NOON);
        }
        assertEquals(50, alarms.all().size());
        assertEquals("a499", alarms.all().get(0).card());
    }
}
