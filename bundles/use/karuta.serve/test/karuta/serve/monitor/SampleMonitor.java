package karuta.serve.monitor;

import com.google.gson.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/** A monitor that has seen a day of a pool in use: the second card drifts in the last hours. */
public final class SampleMonitor {

    private static final int QUESTIONS = 6_000;

    private final Monitor monitor;
    private final Instant now;

    /** @param cards of the pool, at least three */
    public SampleMonitor(List<String> cards, Instant now) {
        this.now = now;
        var random = new Random(1);
        var begin = now.minus(Duration.ofHours(30));
        monitor = new Monitor(begin);
        var likeness = new LinkedHashMap<String, double[]>();
        cards.forEach(card -> likeness.put(
                card,
                IntStream.range(0, 120)
                        .mapToDouble(i -> 0.62 + 0.06 * random.nextGaussian())
                        .toArray()));
        likeness.put(cards.get(cards.size() - 1), new double[0]);
        monitor.cards(likeness, begin);
        for (var i = 0; i < QUESTIONS; i++) {
            var share = Math.pow((double) i / QUESTIONS, 0.8);
            var when = begin.plusMillis((long) (share * Duration.ofHours(30).toMillis()));
            var place = (int) Math.min(cards.size() - 1, Math.abs(random.nextGaussian()) * cards.size() / 2.5);
            var drop = place == 1 && share > 0.85 ? 0.14 : 0;
            var abstains = random.nextInt(25) == 0;
            monitor.answered(
                    when,
                    abstains ? Optional.empty() : Optional.of(cards.get(place)),
                    0.62 - drop + 0.06 * random.nextGaussian(),
                    abstains,
                    Duration.ofMillis((long) (120 * Math.exp(0.5 * random.nextGaussian()))));
        }
    }

    /** What the service would send. */
    public JsonObject json(Map<String, String> parameters) {
        var span = Span.valueOf(parameters.getOrDefault("span", "day").toUpperCase(Locale.ROOT));
        return monitor.json(span, now);
    }
}
