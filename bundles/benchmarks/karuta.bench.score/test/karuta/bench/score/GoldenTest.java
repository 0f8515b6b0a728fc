package karuta.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Scorer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every rule gives what Python makes of its description (releng/scoring), answer by answer. */
class GoldenTest {

    private static final double CLOSE = 1e-9;

    @TestFactory
    Stream<DynamicTest> everyAnswerCountsWhatThePublishedRuleSays() {
        return Rules.GOLDEN.keySet().stream().map(rule -> DynamicTest.dynamicTest(rule, () -> check(rule)));
    }

    @TestFactory
    Stream<DynamicTest> captionsCountWhatPycocoevalcapSaysWhereItsProgramsAre() {
        return Rules.WITH_PROGRAMS.entrySet().stream()
                .map(rule -> DynamicTest.dynamicTest(rule.getKey(), () -> {
                    assumeTrue(
                            System.getenv("KARUTA_COCO_CAPTION") != null,
                            "KARUTA_COCO_CAPTION does not name the folder of pycocoevalcap, whose programs this compares with");
                    check(rule.getKey(), rule.getValue().get());
                }));
    }

    private static void check(String rule) {
        check(rule, Rules.GOLDEN.get(rule));
    }

    private static void check(String rule, Scorer scorer) {
        var golden = Golden.of(rule);
        var scores = scorer.score(golden.responses());

        for (var i = 0; i < golden.responses().size(); i++) {
            assertEquals(
                    golden.values().get(i),
                    scores.each().get(i).value(),
                    CLOSE,
                    rule + ": " + golden.responses().get(i));
        }
        assertEquals(golden.value(), scores.value(), CLOSE, rule);
        golden.figures()
                .forEach((name, figure) ->
                        assertEquals(figure, scores.figures().getOrDefault(name, Double.NaN), CLOSE, name));
        assertEquals(golden.figures().keySet(), scores.figures().keySet(), rule);
    }

    @Test
    void noneDependsOnTheMachinesLanguage() {
        var before = Locale.getDefault();
        Locale.setDefault(new Locale("tr"));
        try {
            Rules.GOLDEN.keySet().forEach(GoldenTest::check);
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void everyRuleHasFortyNastyAnswersAndEveryFixtureARule() throws IOException {
        var rules = new TreeSet<>(Rules.GOLDEN.keySet());
        rules.addAll(Rules.WITH_PROGRAMS.keySet());
        for (var rule : rules) {
            var answers = Golden.of(rule).responses().stream()
                    .map(response -> response.answer())
                    .distinct()
                    .count();
            assertTrue(answers >= 40, rule + " has " + answers);
        }
        try (var files = Files.list(Golden.FIXTURES)) {
            assertEquals(
                    rules,
                    files.map(file -> file.getFileName().toString().replace(".tsv", ""))
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void noAnswersHaveNoFigure() {
        Rules.GOLDEN.forEach((rule, scorer) -> {
            if (!rule.equals("ocrbench.acl")) { // a sum divided by 1,000
                assertTrue(Double.isNaN(scorer.score(List.of()).value()), rule);
            }
        });
    }
}
