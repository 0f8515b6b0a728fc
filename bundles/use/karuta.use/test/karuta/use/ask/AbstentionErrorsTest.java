package karuta.use.ask;

import static karuta.use.ask.AbstentionTest.card;
import static karuta.use.ask.AbstentionTest.own;
import static karuta.use.ask.AbstentionTest.pick;
import static karuta.use.ask.AbstentionTest.selection;
import static karuta.use.ask.AbstentionTest.text;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Selection;
import karuta.tensor.TorchEngine;
import karuta.use.ask.AbstentionErrors.Asked;
import karuta.use.ask.AbstentionErrors.Rule;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** How often abstaining errs. */
class AbstentionErrorsTest {

    @BeforeAll
    static void start() {
        TorchEngine.start();
    }

    @Test
    void ownQuestionsAreAskedOfAllCardsAndForeignOnesOfTheOthers() {
        var rule = Abstention.of(List.of(card("a", .5), card("b", .2)), Map.of(), 0);
        var a = scored(both(.6, .9), both(.4, .1)); // b takes the first; nobody the second
        var b = scored(both(.1, .3), both(.1, .8), both(.1, .9), both(.6, .1)); // a takes the last
        assertEquals(errors(0.5, 0.5, 0, 0.25), AbstentionErrors.of(Map.of("a", a, "b", b), rule, Rule.SAMPLES));
    }

    @Test
    void aRunnerUpIsAskedWhereTheOwnCardIsLeftOut() {
        var rule = Abstention.of(List.of(card("a", .5), card("b", .4)), Map.of(), 0);
        var own = scored(new Selection(List.of(pick("a", .9)), Optional.of(pick("b", .5))));
        var other = scored(new Selection(List.of(pick("b", .4)), Optional.of(pick("a", .1))));
        assertEquals(errors(0, 1, 0, 0), AbstentionErrors.of(Map.of("a", own, "b", other), rule, Rule.SAMPLES));
    }

    @Test
    void whatCardsKnowOfTheirOwnSamplesCanBeLeftAside() {
        var cards = List.of(card("a", .5), card("b", .5));
        var rule = Abstention.of(cards, Map.of("a", own(1), "b", own(2)), 0);
        var high = both(.9, .9);
        var asked = Map.of(
                "a", new Asked(List.of(text(0, 1)), List.of(high)), "b", new Asked(List.of(text(0, 2)), List.of(high)));
        assertEquals(errors(0, 1, 0, 1), AbstentionErrors.of(asked, rule, Rule.SCORES));
        assertEquals(errors(0, 0, 0, 0), AbstentionErrors.of(asked, rule, Rule.SAMPLES));
    }

    private static AbstentionErrors errors(double refusedA, double acceptedA, double refusedB, double acceptedB) {
        return new AbstentionErrors(Map.of("a", refusedA, "b", refusedB), Map.of("a", acceptedA, "b", acceptedB));
    }

    private static Asked scored(Selection... selections) {
        return new Asked(
                List.of(selections).stream()
                        .map(each -> Map.<String, float[]>of())
                        .toList(),
                List.of(selections));
    }

    private static Selection both(double a, double b) {
        return selection(pick("a", a), pick("b", b));
    }
}
