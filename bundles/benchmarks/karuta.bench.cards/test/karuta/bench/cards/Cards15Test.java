package karuta.bench.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.api.Task;
import org.junit.jupiter.api.Test;

class Cards15Test {

    private static final List<String> PAIRS = List.of("tally", "sign", "badge");
    private static final Cards15 CARDS = new Cards15(240, 80, 0, 25, 50, 75);
    private static final List<Task> TASKS =
            CARDS.tasks().stream().map(CARDS::task).toList();

    @Test
    void theFirstEightAreThoseOfTheEight() {
        var eight = new Cards(1, 1, 0).tasks();
        assertEquals(eight, CARDS.tasks().subList(0, 8));
        assertEquals(15, CARDS.tasks().stream().distinct().count());
        assertEquals(Samples.EIGHT, Samples.sha256(new Cards15(60, 20, 0, 25, 50, 75), eight));
    }

    @Test
    void theNamesOfTheSamplesTellTheShares() {
        var shares = Map.of("tally", 20L, "sign", 40L, "badge", 60L);
        for (var pair : PAIRS) {
            for (var task : List.of(task(pair + "-day"), task(pair + "-night"))) {
                assertEquals(shares.get(pair) / 2, count(task.test(), "-agreed"));
                assertEquals(shares.get(pair) / 2, count(task.test(), "-contested"));
                assertEquals(80 - shares.get(pair), count(task.test(), "-own"));
                assertEquals(3 * shares.get(pair), 240 - count(task.train(), "-own"));
            }
        }
    }

    @Test
    void theSharesCanBeSet() {
        var cards = new Cards15(20, 1, 0, 100, 0, 10);
        assertEquals(0, count(cards.task("tally-night").train(), "-own"));
        assertEquals(20, count(cards.task("sign-day").train(), "-own"));
        assertEquals(18, count(cards.task("badge-day").train(), "-own"));
        var problem = assertThrows(KarutaException.class, () -> new Cards15(1, 1, 0, 25, 50));
        assertTrue(problem.getMessage().contains("2 percentages"), problem.getMessage());
    }

    /** The bounds that the documentation states: what is known of a sample has one most likely task. */
    @Test
    void whatCanBeKnownOfTheTask() {
        assertEquals(13.5 / 15, known(sample -> List.of(look(sample), ask(sample))), 1e-9);
        assertEquals(9.5 / 15, known(Cards15Test::look), 1e-9);
        assertEquals(16 / 3.0 / 15, known(Cards15Test::ask), 0.01);
    }

    @Test
    void withoutOverlapEveryTaskCanBeTold() {
        var apart = new Cards15(48, 1, 0, 0, 0, 0);
        var tasks = apart.tasks().stream().map(apart::task).toList();
        assertEquals(1, known(tasks, sample -> List.of(look(sample), ask(sample))), 1e-9);
        assertEquals(11.0 / 15, known(tasks, Cards15Test::look), 1e-9);
    }

    /** Day and night have mean images; the own samples lie at the right one, the shared ones anywhere. */
    @Test
    void pixelsTellWhatIsOwnAndNotWhatIsShared() {
        for (var pair : PAIRS) {
            var day = CARDS.task(pair + "-day");
            var night = CARDS.task(pair + "-night");
            assertEquals(1, nearest(day, night, "-own"), pair);
        }
        var all = new Cards15(400, 200, 3, 100, 100, 100);
        for (var pair : PAIRS) {
            var right = nearest(all.task(pair + "-day"), all.task(pair + "-night"), "");
            assertEquals(0.5, right, 0.1, pair); // four standard deviations of 400 coins
        }
    }

    @Test
    void answersAreThoseOfAPlainReader() {
        for (var task : TASKS.subList(8, 15)) {
            for (var sample : all(task)) {
                assertEquals(read(task.name(), sample), sample.answer(), sample.toString());
            }
        }
    }

    @Test
    void partnersAgreeWhereTheyAreSaidToAndNowhereElse() {
        for (var pair : PAIRS) {
            for (var half : List.of("-day", "-night")) {
                var partner = pair + (half.equals("-day") ? "-night" : "-day");
                for (var sample : all(task(pair + half))) {
                    if (sample.id().endsWith("-agreed")) {
                        assertEquals(read(partner, sample), sample.answer(), sample.toString());
                    }
                    if (sample.id().endsWith("-contested")) {
                        assertNotEquals(read(partner, sample), sample.answer(), sample.toString());
                    }
                }
            }
        }
    }

    @Test
    void gqaByNightAsksAndAnswersAsGqaDoes() {
        for (var sample : all(task("gqa"))) {
            assertEquals(read("gqa-night", sample), sample.answer());
        }
    }

    @Test
    void noArrangementIsLearnedInOneTaskAndTestedInAnother() {
        var learned = TASKS.stream()
                .flatMap(task -> task.train().stream())
                .map(sample -> Samples.scene(sample).items())
                .collect(Collectors.toSet());
        var tested = TASKS.stream()
                .flatMap(task -> task.test().stream())
                .map(sample -> Samples.scene(sample).items())
                .collect(Collectors.toSet());
        assertTrue(Collections.disjoint(learned, tested));
    }

    @Test
    void noTwoSamplesAreOfOnePicture() {
        var prints = TASKS.stream()
                .flatMap(task -> all(task).stream())
                .map(sample -> sample.query().images().get(0).fingerprint())
                .toList();
        assertEquals(prints.size(), Set.copyOf(prints).size());
    }

    @Test
    void everyWordIsInTheVocabulary() {
        var vocabulary = Set.copyOf(Words.all());
        for (var task : TASKS) {
            for (var sample : all(task)) {
                assertTrue(vocabulary.containsAll(Words.of(sample.query().instruction())), sample.toString());
                assertTrue(vocabulary.containsAll(Words.of(sample.answer())), sample.toString());
            }
        }
    }

    private static Task task(String name) {
        return TASKS.get(CARDS.tasks().indexOf(name));
    }

    private static List<Sample> all(Task task) {
        return Stream.of(task.train(), task.test()).flatMap(Collection::stream).toList();
    }

    private static String read(String task, Sample sample) {
        return PlainReader.answer(task, Samples.scene(sample), sample.query().instruction());
    }

    private static long count(List<Sample> samples, String part) {
        return samples.stream().filter(sample -> sample.id().endsWith(part)).count();
    }

    /** What an image tells: background, brightness, and which sorts of things are in it. */
    private static Object look(Sample sample) {
        var scene = Samples.scene(sample);
        return List.of(
                scene.style(),
                scene.tone(),
                scene.text().isEmpty(),
                scene.sprite().isEmpty());
    }

    /** What a question tells: what it is about. */
    private static Object ask(Sample sample) {
        var question = sample.query().instruction();
        return Stream.of("color", "many|count", "is there|you see", "where|find", "text|written", "object", "at the")
                .filter(words -> question.matches(".*(" + words + ").*"))
                .findFirst()
                .orElseThrow();
    }

    private static double known(Function<Sample, Object> evidence) {
        return known(TASKS, evidence);
    }

    /** The share of training samples of whose task one is right who always names the likeliest for the evidence. */
    private static double known(List<Task> tasks, Function<Sample, Object> evidence) {
        var counts = new HashMap<Object, Map<String, Integer>>();
        for (var task : tasks) {
            for (var sample : task.train()) {
                counts.computeIfAbsent(evidence.apply(sample), any -> new HashMap<>())
                        .merge(task.name(), 1, Integer::sum);
            }
        }
        var right = counts.values().stream()
                .mapToInt(byTask -> Collections.max(byTask.values()))
                .sum();
        var all = tasks.stream().mapToInt(task -> task.train().size()).sum();
        return (double) right / all;
    }

    /** The share of a part of the test samples whose pixels are nearer to their own task's mean training image. */
    private static double nearest(Task day, Task night, String part) {
        var means = List.of(mean(day.train()), mean(night.train()));
        var right = 0;
        var all = 0;
        for (var i = 0; i < 2; i++) {
            for (var sample : List.of(day, night).get(i).test()) {
                if (sample.id().endsWith(part)) {
                    var pixels = pixels(sample);
                    right += distance(pixels, means.get(i)) < distance(pixels, means.get(1 - i)) ? 1 : 0;
                    all++;
                }
            }
        }
        return (double) right / all;
    }

    private static double[] mean(List<Sample> samples) {
        var images = samples.stream().map(Cards15Test::pixels).toList();
        return IntStream.range(0, images.get(0).length)
                .mapToDouble(i ->
                        images.stream().mapToDouble(image -> image[i]).average().orElseThrow())
                .toArray();
    }

    private static double[] pixels(Sample sample) {
        var rgb = sample.query().images().get(0).pixels().rgb();
        return IntStream.range(0, rgb.length).mapToDouble(i -> rgb[i] & 255).toArray();
    }

    private static double distance(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> (one[i] - other[i]) * (one[i] - other[i]))
                .sum();
    }
}
