package karuta.metrics.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
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
    void whereNothingIsChosenNothingCollapses() {
        assertEquals(0, new CardUsage(Map.of("a", Map.of())).effectiveCards());
        assertFalse(new CardUsage(Map.of("a", Map.of(), "b", Map.of())).collapsed());
        assertFalse(new CardUsage(Map.of("a", Map.of("x", 3L))).collapsed(), "one task needs one card");
    }
}
