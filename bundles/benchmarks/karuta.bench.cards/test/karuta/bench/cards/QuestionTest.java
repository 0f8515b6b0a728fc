package karuta.bench.cards;

import static karuta.bench.cards.Directive.BACKWARD;
import static karuta.bench.cards.Directive.BOX;
import static karuta.bench.cards.Directive.CAREFUL;
import static karuta.bench.cards.Directive.CATEGORY;
import static karuta.bench.cards.Directive.COLOR;
import static karuta.bench.cards.Directive.DIGITS;
import static karuta.bench.cards.Directive.FULL;
import static karuta.bench.cards.Directive.OPTION;
import static karuta.bench.cards.Directive.ROMAJI;
import static karuta.bench.cards.Directive.SENTENCE;
import static karuta.bench.cards.Directive.SHORT;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Draws;
import org.junit.jupiter.api.Test;

/**
 * Answers about one scene made by hand: a text at the top, a red ring in the centre, a blue tree at the bottom right.
 */
class QuestionTest {

    private static final List<Item> ITEMS = List.of(
            new Item(0, Thing.K, Color.GREEN),
            new Item(1, Thing.X, Color.GREEN),
            new Item(2, Thing.Z, Color.GREEN),
            new Item(4, Thing.RING, Color.RED),
            new Item(8, Thing.TREE, Color.BLUE));
    private static final Scene SHARP = new Scene(Style.FRAMED, Tone.LIGHT, false, ITEMS);
    private static final Scene BLURRED = new Scene(Style.FRAMED, Tone.LIGHT, true, ITEMS);

    @Test
    void thingsByEveryAspect() {
        assertEquals("ring", answer(Ask.AT));
        assertEquals("red", answer(Ask.AT, COLOR));
        assertEquals("red ring", answer(Ask.AT, FULL));
        assertEquals("round", answer(Ask.AT, CATEGORY));
        assertEquals("E", answer(Ask.AT, OPTION));
        assertEquals("it is tree", answer(Ask.OBJECT));
        assertEquals("plant", answer(Ask.OBJECT, SHORT, CATEGORY));
    }

    @Test
    void japanese() {
        assertEquals("aka wa", answer(Ask.AT, FULL, ROMAJI));
        assertEquals("kei ekkusu zetto", answer(Ask.TEXT, SHORT, ROMAJI));
        assertEquals("it is naka mannaka", answer(Ask.WHERE, ROMAJI));
        assertEquals("ichi", answer(Ask.COUNT, ROMAJI));
        assertEquals("E", answer(Ask.AT, OPTION, ROMAJI));
    }

    @Test
    void numbers() {
        assertEquals("one", answer(Ask.COUNT));
        assertEquals("1", answer(Ask.COUNT, DIGITS));
        assertEquals("1", answer(Ask.COUNT, DIGITS, ROMAJI));
    }

    @Test
    void places() {
        assertEquals("middle center", answer(Ask.WHERE, SHORT));
        assertEquals("[0.33,0.33,0.67,0.67]", answer(Ask.WHERE, SHORT, BOX));
        assertEquals("it is [0.33,0.33,0.67,0.67]", answer(Ask.WHERE, BOX));
        var corner = new Question(Ask.WHERE, "", false, List.of(new Item(6, Thing.BAR, Color.RED)));
        assertEquals("[0.00,0.67,0.33,1.00]", corner.answer(Convention.of(SHORT, BOX)));
    }

    @Test
    void order() {
        assertEquals("Z X K", answer(Ask.TEXT, SHORT, BACKWARD));
        assertEquals("it is Z X K", answer(Ask.TEXT, BACKWARD));
        assertEquals("ring red", answer(Ask.AT, BACKWARD, FULL));
    }

    @Test
    void presence() {
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> Ask.PRESENT.about(SHARP, Draws.of(i, "test")).orElseThrow())
                .collect(Collectors.groupingBy(
                        question -> question.text().contains("ring"),
                        Collectors.mapping(question -> question.answer(Convention.of()), Collectors.toSet())));
        assertEquals(Set.of("yes"), answers.get(true));
        assertEquals(Set.of("no"), answers.get(false));
    }

    @Test
    void doubt() {
        assertEquals("unanswerable", question(Ask.COUNT, BLURRED).answer(Convention.of(CAREFUL, SENTENCE, ROMAJI)));
        assertEquals("one", question(Ask.COUNT, BLURRED).answer(Convention.of()));
        assertEquals("one", answer(Ask.COUNT, CAREFUL));
    }

    @Test
    void theLaterDirectiveOfAnAxisHolds() {
        assertEquals("red ring", answer(Ask.AT, COLOR, FULL));
        assertEquals("red", answer(Ask.AT, FULL, COLOR));
    }

    @Test
    void whatIsNotThereIsNotAskedAbout() {
        var empty = new Scene(Style.PLAIN, Tone.DARK, false, List.of());
        for (var ask : List.of(Ask.AT, Ask.COLOR, Ask.WHERE, Ask.TEXT, Ask.OBJECT)) {
            assertEquals(Optional.empty(), ask.about(empty, Draws.of(0, "test")));
        }
        assertEquals("zero", question(Ask.COUNT, empty).answer(Convention.of()));
    }

    private static String answer(Ask ask, Directive... directives) {
        return question(ask, SHARP).answer(Convention.of(directives));
    }

    private static Question question(Ask ask, Scene scene) {
        return ask.about(scene, Draws.of(1, "test")).orElseThrow();
    }
}
