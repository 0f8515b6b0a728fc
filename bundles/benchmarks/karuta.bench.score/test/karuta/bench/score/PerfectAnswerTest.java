package karuta.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.bench.score.acl.OcrbenchMean;
import karuta.bench.score.anls.AnlsDocvqa;
import karuta.bench.score.box.BoxIou;
import karuta.bench.score.choice.ChoiceScorer;
import karuta.bench.score.contain.ContainWords;
import karuta.bench.score.equal.ExactScorer;
import karuta.bench.score.vqa.M4cTextvqa;
import karuta.bench.score.vqa.VqaFull;
import karuta.bench.score.vqa.VqaOfficial;
import org.junit.jupiter.api.Test;

/** Who answers as the reference does should be right. Under the mended rules he is; under some published ones he is not. */
class PerfectAnswerTest {

    private static final List<String> TEXTS = List.of(
            "cat",
            "Cat",
            "a cat",
            "3.5",
            "two",
            "co-op",
            "Unanswerable",
            "USA.",
            "",
            "É",
            "a",
            "texas,ohio",
            "don't",
            "it is, he says: \"no\"",
            "?",
            "[1, 2]");
    private static final List<String> LETTERS = List.of("A", "B", "C", "D", "E");
    private static final List<String> BOXES = Stream.of(0.1, 0.25, 0.5, 0.61, 0.7)
            .flatMap(x -> Stream.of(0.05, 0.15, 0.29)
                    .map(side -> String.format(Locale.ROOT, "[%.2f,%.2f,%.2f,%.2f]", x, x, x + side, x + side)))
            .toList();

    private static Sample sample(String reference, Map<String, List<String>> fields) {
        return new Sample("1", new Query(Optional.empty(), "What is it?"), List.of(reference), fields);
    }

    private static Sample plain(String text) {
        return sample(
                text,
                Map.of(
                        "answers",
                        Collections.nCopies(10, text),
                        "answer_type",
                        List.of("Doc-oriented VQA"),
                        "image",
                        List.of("AI2D_1.png"),
                        "task",
                        List.of("Count")));
    }

    private static double value(Scorer scorer, Sample sample, String answer) {
        return scorer.score(List.of(new Scorer.Response(sample, answer)))
                .each()
                .get(0)
                .value();
    }

    /** What a rule is asked, with the reference for an answer. */
    private record Perfect(Scorer scorer, List<String> references, Function<String, Sample> asked) {

        Perfect(Scorer scorer, List<String> references) {
            this(scorer, references, PerfectAnswerTest::plain);
        }

        Perfect(Scorer scorer, List<String> references, Map<String, List<String>> fields) {
            this(scorer, references, reference -> sample(reference, fields));
        }

        List<String> missed() {
            return references.stream()
                    .filter(reference -> value(scorer, asked.apply(reference), reference) != 1)
                    .toList();
        }
    }

    /** Rules of which a perfect answer is not one that equals the reference. */
    private static final Set<String> NO_MAXIMUM =
            Set.of("caption.split", "cider.cvit", "cider.textcaps", "follow.cvit-choice");

    /** What each rule is asked; by the id, and the kind of question where that decides. */
    private static Map<String, Perfect> everything() {
        var perfect = new TreeMap<String, Perfect>();
        Rules.GOLDEN.forEach((rule, scorer) -> perfect.put(rule, new Perfect(scorer, TEXTS)));
        perfect.keySet().removeAll(NO_MAXIMUM);
        for (var rule : List.of("box.coin", "box.iou", "box.prism")) {
            perfect.put(rule, new Perfect(Rules.GOLDEN.get(rule), BOXES, Map.of()));
        }
        perfect.put(
                "box.minigpt",
                new Perfect(
                        Rules.GOLDEN.get("box.minigpt"),
                        List.of("[10.5,20.25,55.0,60.0]", "[0,0,100,100]", "[10,20,30,40]"),
                        box -> sample(box, Map.of("origin_answer_bbox", List.of(box)))));
        for (var rule : List.of("choice.coin", "choice.hide", "choice.prism")) {
            perfect.put(rule, new Perfect(Rules.GOLDEN.get(rule), LETTERS, Map.of()));
        }
        for (var rule : List.of("ctb.v1", "ctb.v2", "ctb.reeval")) {
            perfect.remove(rule);
            for (var task : List.of("art", "fomc", "math", "numglue", "science")) {
                var references = task.equals("art") ? TEXTS : task.equals("numglue") ? List.of("3.5", "10") : LETTERS;
                perfect.put(
                        rule + " " + task,
                        new Perfect(Rules.GOLDEN.get(rule), references, Map.of("task", List.of(task))));
            }
        }
        perfect.remove("mathvista.prefetch");
        for (var type : List.of("integer", "float", "list", "text")) {
            var reference = Map.of("integer", "10", "float", "3.5", "list", "[1, 2]", "text", "cat")
                    .get(type);
            perfect.put(
                    "mathvista.prefetch " + type,
                    new Perfect(
                            Rules.GOLDEN.get("mathvista.prefetch"),
                            List.of(reference),
                            Map.of("question_type", List.of("free_form"), "answer_type", List.of(type))));
        }
        perfect.put(
                "mathvista.prefetch multi_choice",
                new Perfect(
                        Rules.GOLDEN.get("mathvista.prefetch"),
                        List.of("A", "B"),
                        Map.of("question_type", List.of("multi_choice"), "choices", List.of("cat", "dog"))));
        return perfect;
    }

    private static Set<String> unfair(Map<String, Perfect> rules) {
        var unfair = new TreeSet<String>();
        rules.forEach((rule, perfect) -> {
            if (!perfect.missed().isEmpty()) {
                unfair.add(rule);
            }
        });
        return unfair;
    }

    @Test
    void isRightUnderEveryMendedRule() {
        assertEquals(
                Set.of(),
                unfair(Map.of(
                        "anls.docvqa", new Perfect(new AnlsDocvqa(), TEXTS),
                        "box.iou", new Perfect(new BoxIou(), BOXES),
                        "choice", new Perfect(new ChoiceScorer(), LETTERS),
                        "contain.words", new Perfect(new ContainWords(), TEXTS),
                        "exact", new Perfect(new ExactScorer(), TEXTS),
                        "ocrbench.mean", new Perfect(new OcrbenchMean(), TEXTS),
                        "vqa.full", new Perfect(new VqaFull(), TEXTS))));
    }

    @Test
    void isWrongUnderThesePublishedRulesAndNoOthers() {
        assertEquals(
                Set.of(
                        "box.coin",
                        "box.minigpt",
                        "contain.dcl",
                        "ctb.reeval art",
                        "ctb.v1 art",
                        "ctb.v1 fomc",
                        "ctb.v1 math",
                        "ctb.v2 art",
                        "equal.coin-lower",
                        "equal.prism-lower",
                        "fin.dcl",
                        "follow.cvit-caption",
                        "gqa.coin",
                        "mathvista.prefetch list",
                        "mathvista.prefetch text",
                        "sci.dcl",
                        "vqa.official",
                        "words.dcl"),
                unfair(everything()));
    }

    @Test
    void everyRuleWithoutAMaximumIsNamed() {
        var same = List.of(
                new Scorer.Response(plain("a man rides a horse"), "a man rides a horse"),
                new Scorer.Response(plain("the cat is on a mat"), "the cat is on a mat"));
        for (var rule : List.of("cider.cvit", "cider.textcaps")) {
            assertEquals(10, Rules.GOLDEN.get(rule).score(same).value(), 1e-9, rule);
            assertEquals(0, Rules.GOLDEN.get(rule).score(same.subList(0, 1)).value(), 1e-9, rule);
        }
        assertEquals(15 / 6.0, Rules.GOLDEN.get("caption.split").score(same).value(), 1e-6); // five times 1, and 10
        assertEquals(0, value(Rules.GOLDEN.get("follow.cvit-choice"), plain("cat"), "cat"));
        assertEquals(1, value(Rules.GOLDEN.get("follow.cvit-choice"), plain("A"), "Z"));
    }

    @Test
    void whoSaysTheSameOfEveryImageGetsNothingOfCvitsCider() {
        var same = Stream.of("a man rides a horse", "a man on a horse", "a cat on a mat")
                .map(reference -> new Scorer.Response(plain(reference), "a man rides a horse"))
                .toList();
        assertEquals(0, Rules.GOLDEN.get("cider.cvit").score(same).value(), 1e-12);
        assertTrue(Rules.GOLDEN.get("cider.textcaps").score(same).value() > 2);
    }

    @Test
    void ofSmallBoxesCoinRefusesAFifth() {
        var random = new Random(1);
        var boxes = Stream.generate(() -> box(random)).limit(5000).toList();
        var missed = new Perfect(Rules.GOLDEN.get("box.coin"), boxes, Map.of()).missed();

        assertEquals(0.203, missed.size() / 5000.0, 0.02);
    }

    private static String box(Random random) {
        var width = 0.05 + 0.25 * random.nextDouble();
        var height = 0.05 + 0.25 * random.nextDouble();
        var x = random.nextDouble() * (1 - width);
        var y = random.nextDouble() * (1 - height);
        return String.format(Locale.ROOT, "[%.2f,%.2f,%.2f,%.2f]", x, y, x + width, y + height);
    }

    @Test
    void aFieldThatIsNotThereIsNamed() {
        for (var rule : List.of("m4c.textvqa", "vqa.official", "vqa.full")) {
            named(rule, Map.of(), "\"answers\"");
            named(rule, Map.of("answers", List.of("a", "b")), "ten human answers, but sample 1 has 2");
        }
        named("sci.dcl", Map.of(), "\"image\"");
        named("ocrbench.acl", Map.of(), "\"answer_type\"");
        for (var rule : List.of("ctb.v1", "ctb.v2", "ctb.reeval")) {
            named(rule, Map.of(), "\"task\"");
        }
        named("box.minigpt", Map.of(), "\"origin_answer_bbox\"");
        named("box.minigpt", Map.of("origin_answer_bbox", List.of("1,2,3")), "needs a box");
        named("mathvista.prefetch", Map.of(), "\"question_type\"");
        named("mathvista.prefetch", Map.of("question_type", List.of("multi_choice")), "\"choices\"");
        named("box.coin", Map.of(), "needs boxes");
    }

    private static void named(String rule, Map<String, List<String>> fields, String what) {
        var error = assertThrows(
                KarutaException.class, () -> value(Rules.GOLDEN.get(rule), sample("cat", fields), "cat"), rule);
        assertTrue(error.getMessage().contains(what), error.getMessage());
    }

    @Test
    void fourOfTenAreEnough() {
        var values = Stream.of(0, 1, 2, 3, 4, 5, 10)
                .map(n -> Stream.concat(
                                Collections.nCopies(n, "cat").stream(), Collections.nCopies(10 - n, "dog").stream())
                        .toList())
                .map(people -> value(new M4cTextvqa(), sample("cat", Map.of("answers", people)), "cat"))
                .toList();
        var expected = List.of(0, 0.3, 0.6, 0.9, 1.0, 1.0, 1.0);
        for (var i = 0; i < values.size(); i++) {
            assertEquals(expected.get(i).doubleValue(), values.get(i), 1e-12);
        }
    }

    @Test
    void tenTimesCoopAgainstCoopIsNothingForTheOfficialRule() {
        var sample = sample("co-op", Map.of("answers", Collections.nCopies(10, "co-op")));
        assertEquals(0, value(new VqaOfficial(), sample, "co-op"));
        assertEquals(1, value(new VqaFull(), sample, "co-op"));
    }

    @Test
    void theLetterThatWasReadIsTold() {
        var parsed = Arrays.asList("choice.coin", "choice.hide", "choice.prism").stream()
                .map(rule -> Rules.GOLDEN
                        .get(rule)
                        .score(List.of(new Scorer.Response(
                                sample("A", Map.of("choices", List.of("x", "y", "z"))), "E"))))
                .map(scores -> scores.each().get(0).parsed())
                .toList();
        assertEquals(List.of("", "", "E"), parsed);
    }
}
