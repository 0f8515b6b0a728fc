package karuta.doctor.advice;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.separability.CardKeys;
import karuta.metrics.separability.TaskFeatures;
import org.junit.jupiter.api.Test;

class AdviserTest {

    private static final int WIDTH = 8;
    private static final int ANY = -1;

    private final Random random = new Random(3);

    /** A feature that points along an axis, or anywhere. */
    private float[] feature(int axis) {
        var row = new float[WIDTH];
        IntStream.range(0, WIDTH).forEach(i -> row[i] = (float) (0.05 * random.nextGaussian()));
        row[axis == ANY ? random.nextInt(WIDTH) : axis] += 1;
        return row;
    }

    private TaskFeatures task(String name, int image, int text, int test) {
        var samples = Stream.generate(() -> Map.of("image", feature(image), "text", feature(text)))
                .limit(60 + test)
                .toList();
        return new TaskFeatures(name, samples.subList(0, 60), samples.subList(60, 60 + test));
    }

    private static CardKeys card(String name, int axis) {
        var row = new float[WIDTH];
        row[axis] = 1;
        return new CardKeys(name, Map.of("image", List.of(row), "text", List.of(row)));
    }

    private static String sentence(List<TaskFeatures> tasks, CardKeys... cards) {
        return Adviser.of("e", tasks, List.of(cards)).tasks().get(0).sentence();
    }

    @Test
    void whatDecidesIsSaid() {
        assertEquals(
                "The text alone decides; the image adds nothing.",
                sentence(List.of(task("a", 0, 1, 100), task("b", 0, 2, 100))));
        assertEquals(
                "The image alone decides; the text adds nothing.",
                sentence(List.of(task("a", 0, 2, 100), task("b", 1, 2, 100))));
        assertEquals(
                "Image and text each tell it apart.", sentence(List.of(task("a", 0, 2, 100), task("b", 1, 3, 100))));
        assertEquals(
                "Only image and text together tell it apart.",
                sentence(List.of(task("a", 0, 2, 200), task("b", 0, 3, 200), task("c", 1, 2, 200))));
    }

    @Test
    void whatIsAlikeIsSaidWithItsName() {
        var said = sentence(List.of(task("a", 0, 1, 200), task("b", 0, 1, 200), task("c", 3, 4, 200)));
        assertTrue(
                said.matches("Neither image nor text tells it from the task \"b\", which takes \\d+ % of it: learn"
                        + " them as one card, or ask in other words\\."),
                said);
    }

    @Test
    void aTaskAloneIsToldFromTheCardsOfAPool() {
        assertEquals(
                "Against the pool's cards, image and text each tell it apart.",
                sentence(List.of(task("a", 0, 0, 100)), card("x", 1), card("y", 2)));
        assertEquals(
                "There is nothing to tell it from: it is the only task, and --pool names no cards.",
                sentence(List.of(task("a", 0, 0, 100))));
        var same = sentence(List.of(task("x", 1, 1, 200)), card("x", 1), card("y", 2));
        assertTrue(same.contains("from the card of its own name"), same);
        var other = sentence(List.of(task("a", 1, 1, 200)), card("x", 1), card("y", 2));
        assertTrue(other.contains("from the card \"x\""), other);
    }

    @Test
    void tooFewSamplesAreToldAsSuch() {
        for (var count : List.of(1, 5, 19)) {
            assertTrue(
                    sentence(List.of(task("a", 0, 1, count), task("b", 0, 2, 100)))
                            .startsWith("Too few samples to tell: 60 to learn from and " + count),
                    "" + count);
        }
        var none = Adviser.of("e", List.of(task("a", 0, 1, 0), task("b", 1, 2, 50)), List.of());
        assertEquals(
                List.of("b"), none.tasks().stream().map(Advice.TaskAdvice::task).toList());
        assertTrue(none.notes().get(0).contains("Nothing is told of \"a\""), none.toString());
    }

    @Test
    void cardsThatAreNotFoundByLikenessAreNamedAsSuch() {
        var advice = Adviser.of("e", List.of(task("a", 0, 1, 50)), List.of(new CardKeys("x", Map.of())));
        assertEquals(
                List.of("The cards of the pool are not found by likeness, so that nothing is told of them."),
                advice.notes());
    }
}
