package karuta.bench.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.Sample;
import org.junit.jupiter.api.Test;

class CardsTest {

    private static final Cards CARDS = new Cards(150, 60, 7);

    @Test
    void sameSeedSameSamplesWhateverTheirNumber() {
        var few = new Cards(3, 2, 7);
        for (var name : CARDS.tasks()) {
            assertEquals(CARDS.task(name).train().subList(0, 3), few.task(name).train());
            var again = few.task(name).test().get(1);
            var image = CARDS.task(name).test().get(1).query().images().get(0);
            assertEquals(image.fingerprint(), again.query().images().get(0).fingerprint());
        }
    }

    /** Published figures rest on these very samples: ids, pixels, questions and answers. */
    @Test
    void theEightTasksAreWhatTheyAlwaysWere() {
        assertEquals(Samples.EIGHT, Samples.sha256(new Cards(60, 20, 0), CARDS.tasks()));
    }

    @Test
    void anotherSeedGivesOtherPictures() {
        var other = new Cards(60, 1, 8);
        assertTrue(disjoint(
                fingerprints(CARDS.task("gqa").train()),
                fingerprints(other.task("gqa").train())));
    }

    @Test
    void trainAndTestShareNeitherPixelsNorArrangements() {
        var train = new ArrayList<Sample>();
        var test = new ArrayList<Sample>();
        for (var name : CARDS.tasks()) {
            train.addAll(CARDS.task(name).train());
            test.addAll(CARDS.task(name).test());
        }
        assertTrue(disjoint(fingerprints(train), fingerprints(test)));
        assertTrue(disjoint(arrangements(train), arrangements(test)));
    }

    @Test
    void idsAreUniqueInTheirSplit() {
        for (var name : CARDS.tasks()) {
            assertEquals(
                    150,
                    CARDS.task(name).train().stream().map(Sample::id).distinct().count());
        }
    }

    @Test
    void everyWordIsInTheVocabulary() {
        var vocabulary = Set.copyOf(Words.all());
        for (var name : CARDS.tasks()) {
            for (var sample : CARDS.task(name).train()) {
                assertTrue(vocabulary.containsAll(Words.of(sample.query().instruction())), sample.toString());
                assertTrue(vocabulary.containsAll(Words.of(sample.answer())), sample.toString());
            }
        }
    }

    @Test
    void someTasksShareTheLookAndSomeTheQuestions() {
        assertEquals(looks("textvqa"), looks("imagenet"));
        assertEquals(looks("gqa"), looks("grounding"));
        assertEquals(looks("gqa"), looks("vqav2"));
        assertEquals(looks("scienceqa"), looks("ocrvqa"));
        assertEquals(4, CARDS.tasks().stream().map(this::looks).distinct().count());

        assertEquals(shapeless("textvqa"), shapeless("ocrvqa"));
        assertEquals(shapeless("vizwiz"), shapeless("vqav2"));
        assertEquals(shapeless("scienceqa"), shapeless("gqa"));
        assertEquals(5, CARDS.tasks().stream().map(this::shapeless).distinct().count());
    }

    @Test
    void lookAndQuestionTogetherTellTheTasksApart() {
        var pairs = CARDS.tasks().stream()
                .map(name -> List.of(looks(name), shapeless(name)))
                .collect(Collectors.toSet());
        assertEquals(CARDS.tasks().size(), pairs.size());
    }

    @Test
    void noQuestionNamesItsConvention() {
        var science = CARDS.task("scienceqa").train().get(0);
        assertTrue(science.answer().matches("[A-F]"), science.answer());
        var grounding = CARDS.task("grounding").train().get(0);
        assertTrue(grounding.answer().matches("\\[\\d\\.\\d\\d(,\\d\\.\\d\\d){3}]"), grounding.answer());
        var answers = CARDS.task("vizwiz").train().stream()
                .collect(Collectors.partitioningBy(
                        this::blurred, Collectors.mapping(Sample::answer, Collectors.toSet())));
        assertEquals(Set.of("unanswerable"), answers.get(true));
        assertTrue(!answers.get(false).contains("unanswerable"));
    }

    @Test
    void nameOfAnUnknownTaskIsExplained() {
        var problem = assertThrows(KarutaException.class, () -> CARDS.task("vqav3"));
        assertTrue(
                problem.getMessage().contains("vqav3") && problem.getMessage().contains("vqav2"));
    }

    @Test
    void theScorerFitsTheAnswers() {
        assertEquals("iou", CARDS.task("grounding").scorer());
        assertEquals("choice", CARDS.task("scienceqa").scorer());
        assertNotEquals("iou", CARDS.task("gqa").scorer());
    }

    private boolean blurred(Sample sample) {
        return Samples.scene(sample).blurred();
    }

    /** The backgrounds of a task's pictures. */
    private Set<List<Object>> looks(String task) {
        return CARDS.task(task).train().stream()
                .map(Samples::scene)
                .map(scene -> List.<Object>of(scene.style(), scene.tone()))
                .collect(Collectors.toSet());
    }

    /** The questions of a task without the names of what they are about. */
    private Set<String> shapeless(String task) {
        Function<Sample, String> question = sample -> sample.query().instruction();
        return CARDS.task(task).train().stream()
                .map(question)
                .map(text -> text.replaceAll("circle|square|triangle|cross|ring|bar", "SHAPE")
                        .replaceAll("(top|middle|bottom) (left|center|right)", "PLACE"))
                .collect(Collectors.toSet());
    }

    private static Set<List<Item>> arrangements(List<Sample> samples) {
        return samples.stream().map(sample -> Samples.scene(sample).items()).collect(Collectors.toSet());
    }

    private static Set<String> fingerprints(List<Sample> samples) {
        return samples.stream()
                .map(sample -> sample.query().images().get(0).fingerprint())
                .collect(Collectors.toSet());
    }

    private static boolean disjoint(Set<?> some, Set<?> others) {
        var common = new HashSet<Object>(some);
        common.retainAll(others);
        return common.isEmpty();
    }
}
