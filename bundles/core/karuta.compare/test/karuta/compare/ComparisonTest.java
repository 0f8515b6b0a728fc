package karuta.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.ReferenceScorer;
import karuta.api.Sample;
import karuta.api.Scorer;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static Sample sample(String id, String reference) {
        return new Sample(id, new Query(Optional.empty(), "What?"), List.of(reference), Map.of("size", List.of("1")));
    }

    private static Sheet sheet(List<String> terse, List<String> wordy) {
        return new Sheet(
                "words",
                List.of(),
                List.of(sample("1", "cat"), sample("2", "dog")),
                List.of(new Sheet.Method("terse", terse), new Sheet.Method("wordy", wordy)));
    }

    private static final ReferenceScorer EQUAL = (answer, reference) -> answer.equals(reference) ? 1 : 0;
    private static final ReferenceScorer HELD = (answer, reference) -> answer.contains(reference) ? 1 : 0;
    private static final ReferenceScorer NEVER = (answer, reference) -> {
        throw new KarutaException("It has no box.", "Give one.");
    };

    private static Comparison comparison() {
        var rules = new LinkedHashMap<String, Scorer>();
        rules.put("equal", EQUAL);
        rules.put("held", HELD);
        rules.put("never", NEVER);
        rules.put("one", (ReferenceScorer) (answer, reference) -> 1);
        return Comparison.of(sheet(List.of("cat", "wolf"), List.of("a cat", "a dog")), rules);
    }

    @Test
    void everyRuleScoresEveryMethod() {
        assertEquals(
                List.of(
                        new Comparison.Row("equal", List.of(0.5, 0.0)),
                        new Comparison.Row("held", List.of(0.5, 1.0)),
                        new Comparison.Row("one", List.of(1.0, 1.0))),
                comparison().rows());
    }

    @Test
    void whatARuleCannotScoreIsTold() {
        assertEquals(Set.of("never"), comparison().refused().keySet());
        assertTrue(comparison().refused().get("never").startsWith("It has no box."));
    }

    @Test
    void theRulesAreApartByTheirLowestAndHighest() {
        assertEquals(
                List.of(
                        new Comparison.Spread("terse", "equal", "one", 0.5, 1),
                        new Comparison.Spread("wordy", "equal", "held", 0, 1)),
                comparison().spreads());
    }

    @Test
    void theRankingFlipsWhereTwoRulesPreferOthers() {
        var duel = comparison().duels().get(0);
        assertEquals(new Comparison.Duel("terse", "wordy", List.of("equal"), List.of("held"), List.of("one")), duel);
        assertTrue(duel.flips());
        var alike = Comparison.of(sheet(List.of("cat", "dog"), List.of("a cat", "x")), Map.of("e", EQUAL, "h", HELD));
        assertFalse(alike.duels().get(0).flips());
    }

    @Test
    void everyMethodHasToAnswerAll() {
        assertThrows(IllegalArgumentException.class, () -> sheet(List.of("cat"), List.of("a", "b")));
    }

    @Test
    void theReferencesSayWhichFamiliesOfRulesTheyAreFor() {
        assertEquals(Set.of("equality", "containment", "edit distance"), families("cat"));
        assertEquals(Set.of("equality", "containment", "edit distance", "multiple choice"), families("B"));
        assertEquals(Set.of("grounding"), families("[0.1, 0.20,1e-1,1]"));
        assertEquals(Set.of("equality", "containment", "edit distance"), families("1,2,3"));
    }

    private static Set<String> families(String reference) {
        var sheet = new Sheet(
                "s", List.of(), List.of(sample("1", reference)), List.of(new Sheet.Method("m", List.of("x"))));
        assertTrue(sheet.has(List.of("size")));
        assertFalse(sheet.has(List.of("answers")));
        return sheet.families();
    }
}
