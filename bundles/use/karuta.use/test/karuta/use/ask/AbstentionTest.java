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
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.Source;
import karuta.tensor.TorchEngine;
import karuta.use.ask.Doubt.Measure;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** When no card is like a question. */
class AbstentionTest {

    private static final Source SOURCE = new Source("invoices", "00", 80, 20, 0.2, 1);

    @BeforeAll
    static void start() {
        TorchEngine.start();
    }

    @Test
    void theNearestCardsOwnQuestionsSayHowNearIsNear() {
        var rule = scores(List.of(card("near", .9, .8, .7), card("far", .3, .2, .1)), 0);
        assertEquals(Optional.empty(), doubt(rule, selection(pick("far", .25), pick("near", .7))));
        assertEquals(Optional.empty(), doubt(rule, selection(pick("far", .15))));
        assertEquals(
                Optional.of(new Doubt("near", Measure.SCORE, .69, .7)),
                doubt(rule, selection(pick("far", .25), pick("near", .69))));
    }

    @Test
    void theRunnerUpCountsWhereNoCardWasTaken() {
        var rule = scores(List.of(card("a", .5)), 0);
        var none = new Selection(List.of(), Optional.of(pick("a", .4)));
        assertEquals(Optional.of(new Doubt("a", Measure.SCORE, .4, .5)), doubt(rule, none));
    }

    @Test
    void asManyOfItsOwnQuestionsAreRefusedAsWereGivenLeave() {
        var random = new Random(5);
        var scores = random.doubles(200).boxed().toList();
        for (var share : List.of(0.0, 0.01, 0.05, 0.1, 0.5, 0.99)) {
            var rule = scores(List.of(card("a", scores)), share);
            var refused = scores.stream()
                    .filter(score -> doubt(rule, selection(pick("a", score))).isPresent())
                    .count();
            assertEquals(Math.floor(share * 200), refused, "share " + share);
        }
    }

    @Test
    void aCardWithoutValidationScoresRefusesNothingAndIsNamed() {
        var rule = scores(List.of(card("a", .5), card("old")), 0.05);
        assertEquals(
                List.of(
                        "judged by scores alone, which let many foreign questions pass: a (\"karuta pool realign\" lets"
                                + " cards know their own samples)",
                        "without validation scores, never refused by: old"),
                rule.warnings());
        assertEquals(Optional.empty(), doubt(rule, selection(pick("a", -.9), pick("old", -.8))));
    }

    @Test
    void whatCannotBeKnownIsSaid() {
        says("No card of the pool has validation scores", () -> scores(List.of(card("old")), 0.05));
        says("The share of own questions", () -> scores(List.of(card("a", .5)), 1));
        says("The share of own questions", () -> scores(List.of(card("a", .5)), Double.NaN));
        var rule = scores(List.of(card("a", .5)), 0.05);
        says("chooses without scores", () -> doubt(rule, selection(pick("a", Double.NaN))));
        says("chooses without scores", () -> doubt(rule, Selection.NONE));
    }

    @Test
    void theWordsNameTheCardAndBothNumbers() {
        assertEquals(
                "no card is like this question: nearest \"x\" 0.310, its own questions reach 0.580",
                new Doubt("x", Measure.SCORE, 0.31, 0.58).words());
        assertEquals(
                "no card is like this question: nearest \"x\" at the distance 4.20, its own questions lie within 1.31",
                new Doubt("x", Measure.DISTANCE, 4.2, 1.31).words());
    }

    @Test
    void whatIsFarFromTheOwnSamplesOfEveryCardIsRefusedHoweverNearItsScore() {
        var rule = Abstention.of(List.of(card("a", .5), card("b", .5)), Map.of("a", own(1), "b", own(2)), 0);
        assertEquals(List.of(), rule.warnings());
        var sure = selection(pick("a", .9), pick("b", .9));
        assertEquals(Optional.empty(), rule.doubt(text(0, 1), sure));
        assertEquals(Optional.empty(), rule.doubt(text(0, 2), selection(pick("a", .1), pick("b", .1))));
        var doubt = rule.doubt(text(3, 2), sure).orElseThrow();
        assertEquals("b", doubt.card());
        assertEquals(Measure.DISTANCE, doubt.measure());
        assertTrue(doubt.value() > doubt.reach(), doubt.words());
        assertEquals(Optional.empty(), rule.doubt(text(0, 1), Selection.NONE)); // no scores are needed
        assertTrue(rule.doubt(text(3, 0), Selection.NONE).isPresent());
    }

    @Test
    void aCardThatKnowsNoneOfItsSamplesIsJudgedByItsScoreWhereItIsTheNearest() {
        var rule = Abstention.of(List.of(card("a", .5), card("b", .5), card("c")), Map.of("a", own(1)), 0);
        assertEquals(
                List.of(
                        "judged by scores alone, which let many foreign questions pass: b (\"karuta pool realign\" lets"
                                + " cards know their own samples)",
                        "without validation scores, never refused by: c"),
                rule.warnings());
        var far = text(3, 0);
        assertEquals(Optional.empty(), rule.doubt(text(0, 1), selection(pick("b", .1))));
        assertEquals(Optional.empty(), rule.doubt(far, selection(pick("a", .4), pick("b", .6))));
        assertEquals(
                Optional.of(new Doubt("b", Measure.SCORE, .4, .5)),
                rule.doubt(far, selection(pick("a", .3), pick("b", .4))));
        assertEquals(
                Measure.DISTANCE,
                rule.doubt(far, selection(pick("a", .9), pick("b", .8)))
                        .orElseThrow()
                        .measure());
        assertEquals(Optional.empty(), rule.doubt(far, selection(pick("c", -1))));
        assertEquals(
                Optional.of(new Doubt("b", Measure.SCORE, .4, .5)),
                rule.doubt(Map.of("sound", new float[3]), selection(pick("b", .4))));
    }

    @Test
    void whatIsKnownOfAnotherEncodersFeaturesDoesNotCount() {
        var rule = Abstention.of(List.of(card("a", .5)), Map.of("a", own(1)), 0);
        assertEquals(1, rule.by("another").warnings().size());
        assertEquals(Optional.empty(), rule.by("another").doubt(text(3, 0), selection(pick("a", .6))));
        assertTrue(rule.by("clip").doubt(text(3, 0), selection(pick("a", .6))).isPresent());
    }

    /** A card whose texts lie around one of four axes. */
    static OwnFeatures own(int axis) {
        var random = new Random(axis);
        var texts = Stream.generate(() -> {
                    var text = new float[4];
                    text[axis] = 1;
                    text[0] += (float) (0.1 * random.nextGaussian());
                    return Map.of("text", text);
                })
                .limit(50)
                .toList();
        return OwnFeaturesTest.of(texts, texts).orElseThrow();
    }

    /** A text between two axes. */
    static Map<String, float[]> text(int some, int other) {
        var text = new float[4];
        text[some] += some == 0 ? 0.05f : 1;
        text[other] += 1;
        return Map.of("text", text);
    }

    private static Abstention scores(List<CardRecord> cards, double share) {
        return Abstention.of(cards, Map.of(), share);
    }

    private static Optional<Doubt> doubt(Abstention rule, Selection selection) {
        return rule.doubt(Map.of(), selection);
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
