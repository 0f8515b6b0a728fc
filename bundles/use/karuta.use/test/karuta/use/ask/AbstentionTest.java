package karuta.use.ask;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Source;
import org.junit.jupiter.api.Test;

/** When no card is like a question. */
class AbstentionTest {

    private static final Source SOURCE = new Source("invoices", "00", 80, 20, 0.2, 1);

    @Test
    void theNearestCardsOwnQuestionsSayHowNearIsNear() {
        var rule = Abstention.of(List.of(card("near", .9, .8, .7), card("far", .3, .2, .1)), 0);
        assertEquals(Optional.empty(), rule.doubt(selection(pick("far", .25), pick("near", .7))));
        assertEquals(Optional.empty(), rule.doubt(selection(pick("far", .15))));
        assertEquals(
                Optional.of(new Doubt("near", .69, .7)), rule.doubt(selection(pick("far", .25), pick("near", .69))));
    }

    @Test
    void theRunnerUpCountsWhereNoCardWasTaken() {
        var rule = Abstention.of(List.of(card("a", .5)), 0);
        var none = new Selection(List.of(), Optional.of(pick("a", .4)));
        assertEquals(Optional.of(new Doubt("a", .4, .5)), rule.doubt(none));
    }

    @Test
    void asManyOfItsOwnQuestionsAreRefusedAsWereGivenLeave() {
        var random = new Random(5);
        var scores = random.doubles(200).boxed().toList();
        for (var share : List.of(0.0, 0.01, 0.05, 0.1, 0.5, 0.99)) {
            var rule = Abstention.of(List.of(card("a", scores)), share);
            var refused = scores.stream()
                    .filter(score -> rule.doubt(selection(pick("a", score))).isPresent())
                    .count();
            assertEquals(Math.floor(share * 200), refused, "share " + share);
        }
    }

    @Test
    void aCardWithoutValidationScoresRefusesNothingAndIsNamed() {
        var rule = Abstention.of(List.of(card("a", .5), card("old")), 0.05);
        assertEquals(List.of("old"), rule.unjudged());
        assertEquals(Optional.empty(), rule.doubt(selection(pick("a", -.9), pick("old", -.8))));
    }

    @Test
    void whatCannotBeKnownIsSaid() {
        says("No card of the pool has validation scores", () -> Abstention.of(List.of(card("old")), 0.05));
        says("The share of own questions", () -> Abstention.of(List.of(card("a", .5)), 1));
        says("The share of own questions", () -> Abstention.of(List.of(card("a", .5)), Double.NaN));
        var rule = Abstention.of(List.of(card("a", .5)), 0.05);
        says("chooses without scores", () -> rule.doubt(selection(pick("a", Double.NaN))));
        says("chooses without scores", () -> rule.doubt(Selection.NONE));
    }

    @Test
    void theWordsNameTheCardAndBothNumbers() {
        assertEquals(
                "no card is like this question: nearest \"x\" 0.310, its own questions reach 0.580",
                new Doubt("x", 0.31, 0.58).words());
    }

    private static void says(String words, Runnable asked) {
        var refusal = assertThrows(KarutaException.class, asked::run);
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    static Selection selection(Pick... picks) {
        return new Selection(List.of(picks));
    }

    static Pick pick(String card, double score) {
        return new Pick(new Card(card, Optional.of(card), false, Map.of(), List.of()), score);
    }

    static CardRecord card(String name, Double... likeness) {
        return card(name, List.of(likeness));
    }

    private static CardRecord card(String name, List<Double> likeness) {
        var shuffled = new ArrayList<>(likeness); // the rule does not count on an order
        Collections.shuffle(shuffled, new Random(1));
        return new CardRecord(
                name, 0, "Ada <a@b>", Instant.EPOCH, SOURCE, Map.of(), Map.of(), Map.of(), shuffled, "00");
    }
}
