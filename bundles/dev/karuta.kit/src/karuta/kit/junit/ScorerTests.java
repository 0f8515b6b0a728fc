package karuta.kit.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scorer.Response;
import org.junit.jupiter.api.Test;

/** What must hold of every rule of scoring. */
public abstract class ScorerTests extends StrategyTests<Scorer> {

    private static final List<String> ANSWERS = List.of(
            "", " ", "A", "a.", "two words", "-1e309", "NaN", "\u00e9\ud83d\ude00", "\n\t", "x".repeat(5000), "[0.1,");

    /** A sample with all the fields that the rule needs. */
    protected Sample sample() {
        return new Sample("1", new Query(Optional.empty(), "Which?"), "A");
    }

    @Test
    void everyTextGetsANumber() {
        var scorer = started();
        var responses =
                ANSWERS.stream().map(answer -> new Response(sample(), answer)).toList();
        var scores = scorer.score(responses);
        assertTrue(Double.isFinite(scores.value()), "the task's figure is " + scores.value());
        assertEquals(ANSWERS.size(), scores.each().size());
        for (var i = 0; i < ANSWERS.size(); i++) {
            var value = scores.each().get(i).value();
            assertTrue(Double.isFinite(value), "\"" + ANSWERS.get(i) + "\" gets " + value);
        }
    }

    @Test
    void theReferenceIsNoWorseThanAnyOtherAnswer() {
        var scorer = started();
        var right =
                scorer.score(List.of(new Response(sample(), sample().answer()))).value();
        for (var answer : ANSWERS) {
            var other = scorer.score(List.of(new Response(sample(), answer))).value();
            assertTrue(other <= right, "\"" + answer + "\" gets " + other + ", the reference " + right);
        }
    }
}
