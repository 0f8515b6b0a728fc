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
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.bench.score.acl.OcrbenchMean;
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

    private static List<String> missed(Scorer scorer, List<String> texts, BiFunction<String, String, Sample> sample) {
        return texts.stream()
                .filter(text -> value(scorer, sample.apply(text, text), text) != 1)
                .toList();
    }

    private static void always(Scorer mended, List<String> texts) {
        assertEquals(
                List.of(),
                missed(mended, texts, (text, same) -> plain(text)),
                mended.getClass().getName());
    }

    @Test
    void isRightUnderEveryMendedRule() {
        always(new ExactScorer(), TEXTS);
        always(new ContainWords(), TEXTS);
        always(new VqaFull(), TEXTS);
        always(new OcrbenchMean(), TEXTS);
        always(new BoxIou(), BOXES);
        always(new ChoiceScorer(), List.of("A", "B", "C", "D", "E"));
    }

    @Test
    void isWrongUnderThesePublishedRules() {
        var unfair = new TreeSet<String>();
        for (var rule : Set.of(
                "anls.docvqa",
                "anls.prism",
                "contain.coin",
                "contain.cvit",
                "contain.dcl",
                "equal.coin-lower",
                "equal.coin-upper",
                "equal.prism-lower",
                "equal.prism-upper",
                "fin.dcl",
                "gqa.coin",
                "m4c.textvqa",
                "ocrbench.acl",
                "sci.dcl",
                "squeeze.acl",
                "vqa.official",
                "words.dcl")) {
            if (!missed(Rules.GOLDEN.get(rule), TEXTS, (text, same) -> plain(text))
                    .isEmpty()) {
                unfair.add(rule);
            }
        }
        for (var rule : Set.of("box.coin", "box.prism")) {
            if (!missed(Rules.GOLDEN.get(rule), BOXES, (text, same) -> sample(text, Map.of()))
                    .isEmpty()) {
                unfair.add(rule);
            }
        }
        for (var rule : Set.of("choice.coin", "choice.hide", "choice.prism")) {
            if (!missed(Rules.GOLDEN.get(rule), List.of("A", "E"), (text, same) -> sample(text, Map.of()))
                    .isEmpty()) {
                unfair.add(rule);
            }
        }
        for (var task : List.of("art", "math", "fomc")) {
            if (!missed(Rules.GOLDEN.get("ctb.v1"), List.of("B"), (t, s) -> sample(t, Map.of("task", List.of(task))))
                    .isEmpty()) {
                unfair.add("ctb.v1 " + task);
            }
        }
        for (var type : List.of("float", "list")) {
            var fields = Map.of("question_type", List.of("free_form"), "answer_type", List.of(type));
            if (!missed(Rules.GOLDEN.get("mathvista.prefetch"), List.of("3.5"), (t, s) -> sample(t, fields))
                    .isEmpty()) {
                unfair.add("mathvista.prefetch " + type);
            }
        }
        assertEquals(
                Set.of(
                        "box.coin",
                        "contain.dcl",
                        "ctb.v1 fomc",
                        "ctb.v1 math",
                        "equal.coin-lower",
                        "equal.prism-lower",
                        "fin.dcl",
                        "gqa.coin",
                        "mathvista.prefetch list",
                        "sci.dcl",
                        "vqa.official",
                        "words.dcl"),
                unfair);
    }

    @Test
    void ofSmallBoxesCoinRefusesAFifth() {
        var random = new Random(1);
        var boxes = Stream.generate(() -> box(random)).limit(5000).toList();
        var missed = missed(Rules.GOLDEN.get("box.coin"), boxes, (text, same) -> sample(text, Map.of()));

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
        named("ctb.v1", Map.of(), "\"task\"");
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
