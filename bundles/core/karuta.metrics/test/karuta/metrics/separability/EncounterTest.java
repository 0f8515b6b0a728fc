package karuta.metrics.separability;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EncounterTest {

    private static final List<String> FEATURES = List.of("image", "text");
    private static final int WIDTH = 6;

    private final Random random = new Random(1);

    private float[] near(int axis, double noise) {
        var row = new float[WIDTH];
        IntStream.range(0, WIDTH).forEach(i -> row[i] = (float) (noise * random.nextGaussian()));
        row[axis] += 1;
        return row;
    }

    private List<Map<String, float[]>> samples(int count, int image, int text, double noise) {
        return IntStream.range(0, count)
                .mapToObj(i -> Map.of("image", near(image, noise), "text", near(text, noise)))
                .toList();
    }

    private static CardKeys joint(String name, float[]... rows) {
        return new CardKeys(name, Map.of("image", List.of(rows), "text", List.of(rows)));
    }

    /** With doubles and loops, straight from the definition. */
    private static double[] byHand(TaskFeatures task, List<CardKeys> cards, List<String> view, boolean joint) {
        var counts = new double[1 + cards.size()];
        for (var sample : task.test()) {
            var best = -2.0;
            var at = 0;
            for (var place = 0; place <= cards.size(); place++) {
                var sum = 0.0;
                for (var name : view) {
                    var most = -2.0;
                    var rows = place == 0
                            ? List.of(joint ? jointOwn(task) : mean(task, name, false))
                            : cards.get(place - 1).rows().get(name).stream()
                                    .map(EncounterTest::wide)
                                    .toList();
                    for (var row : rows) {
                        most = Math.max(most, cosine(wide(sample.get(name)), row));
                    }
                    sum += most;
                }
                if (sum > best) {
                    best = sum;
                    at = place;
                }
            }
            counts[at] += 1.0 / task.test().size();
        }
        return counts;
    }

    private static double[] jointOwn(TaskFeatures task) {
        var sum = new double[WIDTH];
        for (var name : FEATURES) {
            var mean = mean(task, name, true);
            IntStream.range(0, WIDTH).forEach(i -> sum[i] += mean[i]);
        }
        return sum;
    }

    private static double[] mean(TaskFeatures task, String name, boolean unit) {
        var sum = new double[WIDTH];
        for (var sample : task.train()) {
            var row = wide(sample.get(name));
            var length = unit ? Math.sqrt(product(row, row)) : 1;
            IntStream.range(0, WIDTH).forEach(i -> sum[i] += row[i] / length);
        }
        return sum;
    }

    private static double[] wide(float[] row) {
        return IntStream.range(0, row.length).mapToDouble(i -> row[i]).toArray();
    }

    private static double product(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    private static double cosine(double[] one, double[] other) {
        return product(one, other) / Math.sqrt(product(one, one) * product(other, other));
    }

    @Test
    void sharesAreThoseOfTheDefinition() {
        for (var noise : new double[] {0.05, 0.4, 1}) {
            var task = new TaskFeatures("new", samples(30, 0, 1, noise), samples(40, 0, 1, noise));
            var one = List.of(joint("a", near(0, noise)), joint("b", near(1, noise), near(2, noise)));
            var two = List.of(
                    new CardKeys("a", Map.of("image", List.of(near(0, noise)), "text", List.of(near(3, noise)))),
                    new CardKeys("b", Map.of("image", List.of(near(4, noise)), "text", List.of(near(1, noise)))));
            for (var cards : List.of(one, two)) {
                var found = Encounter.of(task, cards, FEATURES);
                for (var view : found.views()) {
                    var names = view.name().equals("both") ? FEATURES : List.of(view.name());
                    var expected = byHand(task, cards, names, cards == one);
                    assertEquals(expected[0], view.own(), 1e-9, view.name() + " " + noise);
                    assertEquals(expected[1], view.taken().get(0), 1e-9);
                    assertEquals(expected[2], view.taken().get(1), 1e-9);
                }
                assertEquals(3, found.views().size());
            }
        }
    }

    @Test
    void aTaskWithoutImagesIsComparedByItsTextAlone() {
        var train = List.of(Map.of("text", near(0, 0)));
        var found = Encounter.of(new TaskFeatures("t", train, train), List.of(joint("a", near(1, 0))), FEATURES);
        assertEquals(
                List.of("text", "both"),
                found.views().stream().map(Encounter.Seen::name).toList());
        assertEquals(1, found.views().get(1).own());
    }
}
