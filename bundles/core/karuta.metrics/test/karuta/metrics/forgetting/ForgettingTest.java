package karuta.metrics.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.metrics.forgetting.ForgettingParts.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForgettingTest {

    @ParameterizedTest
    @CsvSource({
        // learned, actual, right cards, old prompts, both; routing, drift, interference
        "0.9, 0.5, 0.9, 0.5, 0.9, 0.4, 0.0, 0.0", // only the choice
        "0.9, 0.5, 0.5, 0.9, 0.9, 0.0, 0.4, 0.0", // only the prompts
        "0.9, 0.5, 0.5, 0.5, 0.5, 0.0, 0.0, 0.4", // neither
        "0.9, 0.5, 0.5, 0.5, 0.9, 0.2, 0.2, 0.0", // both must be undone: half each
        "0.9, 0.9, 0.9, 0.9, 0.9, 0.0, 0.0, 0.0",
        "0.6, 0.5, 0.7, 0.6, 0.8, 0.2, 0.1, -0.2" // the choice was wrong already when it was learned
    })
    void everyCauseHasItsPartAndTheSumIsWhatWasForgotten(
            double learned,
            double actual,
            double rightCards,
            double oldPrompts,
            double both,
            double routing,
            double drift,
            double interference) {
        var parts = ForgettingParts.of(new Scores(learned, actual, rightCards, oldPrompts, both));
        assertEquals(routing, parts.routing(), 1e-12);
        assertEquals(drift, parts.drift(), 1e-12);
        assertEquals(interference, parts.interference(), 1e-12);
        assertEquals(learned - actual, parts.total(), 1e-12);
    }

    @Test
    void cardsThatAreUsedAlikeAllCount() {
        var usage = new CardUsage(Map.of("a", Map.of("x", 10L), "b", Map.of("y", 1000L), "c", Map.of("z", 1L)));
        assertEquals(3, usage.effectiveCards(), 1e-12, "a large task counts as much as a small one");
        assertFalse(usage.collapsed());
        assertEquals(1, usage.share("a", "x"));
        assertEquals(0, usage.share("a", "y"));
    }

    @Test
    void aChoiceThatAlwaysTakesTheSameCardHasCollapsed() {
        var usage = new CardUsage(Map.of("a", Map.of("x", 9L, "y", 1L), "b", Map.of("x", 10L), "c", Map.of("x", 10L)));
        // exp(-(29/30 ln 29/30 + 1/30 ln 1/30)) = 1.157
        assertEquals(1.157, usage.effectiveCards(), 1e-3);
        assertTrue(usage.collapsed());
    }

    @Test
    void aCardThatTakesNearlyAllIsNamedAndSoAreThoseThatNobodyTakes() {
        var usage = new CardUsage(Map.of("a", Map.of("x", 19L, "y", 1L), "b", Map.of("x", 18L, "z", 2L)));
        assertEquals(Optional.of("x"), usage.dominant());
        assertEquals(0.925, usage.meanShare("x"), 1e-12);
        assertEquals(List.of("w"), usage.neverTaken(List.of("w", "x", "y", "z")));
        // p = 0.925, 0.025, 0.05: -sum p log2 p
        assertEquals(0.453184, usage.entropy(), 1e-6);
        var less = new CardUsage(Map.of("a", Map.of("x", 18L, "y", 2L), "b", Map.of("x", 17L, "y", 3L)));
        assertEquals(Optional.of("x"), less.most());
        assertEquals(Optional.empty(), less.dominant(), "0.875");
        assertEquals(Optional.empty(), new CardUsage(Map.of("a", Map.of("x", 9L))).dominant(), "one task, one card");
    }

    @ParameterizedTest
    @CsvSource({
        // references, answer, whether it is of a form that they have
        "A;C;E, ring, false",
        "A;C;E, B, true",
        "A;C;E, (b)., true",
        "A;C;E, '', false",
        "red circle;blue cross, circle, false",
        "red circle;blue cross, green ring, true",
        "3;4, three, false",
        "3;4, 5., true",
        "3;4;none, five, true",
        "'[0.1,0.2,0.3,0.4]', '0.5, 0.5, .6, .7', true",
        "'[0.1,0.2,0.3,0.4]', left, false"
    })
    void aWrongAnswerLacksFormOrContent(String references, String answer, boolean fits) {
        var losses = AnswerLosses.of(
                        List.of(new AnswerLosses.Scored(answer, 0), new AnswerLosses.Scored("anything", 1)),
                        List.of(references.split(";")),
                        0.5)
                .orElseThrow();
        assertEquals(fits ? 0 : 0.5, losses.form(), 1e-12);
        assertEquals(fits ? 0.5 : 0, losses.content(), 1e-12);
    }

    @Test
    void lossesAddUpToWhatTheScoreLacksAndAreNotGivenWhereTheScoreIsNoMean() {
        var answers = List.of(
                new AnswerLosses.Scored("word", 0.25),
                new AnswerLosses.Scored("B", 0),
                new AnswerLosses.Scored("A", 1),
                new AnswerLosses.Scored("two words", 0));
        var losses = AnswerLosses.of(answers, List.of("A", "B"), 0.3125).orElseThrow();
        assertEquals((0.75 + 1) / 4, losses.form(), 1e-12);
        assertEquals(1 - 0.3125, losses.form() + losses.content(), 1e-15);
        assertEquals(Optional.empty(), AnswerLosses.of(answers, List.of("A"), 0.5), "another figure than the mean");
        assertEquals(
                Optional.empty(),
                AnswerLosses.of(List.of(new AnswerLosses.Scored("a caption", 7)), List.of("a caption"), 7),
                "CIDEr goes to ten");
    }

    @Test
    void whereNothingIsChosenNothingCollapses() {
        assertEquals(0, new CardUsage(Map.of("a", Map.of())).effectiveCards());
        assertFalse(new CardUsage(Map.of("a", Map.of(), "b", Map.of())).collapsed());
        assertFalse(new CardUsage(Map.of("a", Map.of("x", 3L))).collapsed(), "one task needs one card");
    }
}
