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
import karuta.api.RandomStream;
import org.junit.jupiter.api.Test;

/**
 * Answers about one scene made by hand: a text at the top, a red ring in the centre, a blue tree at the bottom right.
 */
class QuestionTest {

    private static final List<Item> ITEMS = List.of(
            new Item(0, ObjectType.K, Color.GREEN),
            new Item(1, ObjectType.X, Color.GREEN),
            new Item(2, ObjectType.Z, Color.GREEN),
            new Item(4, ObjectType.RING, Color.RED),
            new Item(8, ObjectType.TREE, Color.BLUE));
    private static final Scene SHARP = new Scene(Style.FRAMED, Tone.LIGHT, false, ITEMS);
    private static final Scene BLURRED = new Scene(Style.FRAMED, Tone.LIGHT, true, ITEMS);

    @Test
    void thingsByEveryAspect() {
        assertEquals("ring", answer(QuestionType.AT));
        assertEquals("red", answer(QuestionType.AT, COLOR));
        assertEquals("red ring", answer(QuestionType.AT, FULL));
        assertEquals("round", answer(QuestionType.AT, CATEGORY));
        assertEquals("E", answer(QuestionType.AT, OPTION));
        assertEquals("it is tree", answer(QuestionType.OBJECT));
        assertEquals("plant", answer(QuestionType.OBJECT, SHORT, CATEGORY));
    }

    @Test
    void japanese() {
        assertEquals("aka wa", answer(QuestionType.AT, FULL, ROMAJI));
        assertEquals("kei ekkusu zetto", answer(QuestionType.TEXT, SHORT, ROMAJI));
        assertEquals("it is naka mannaka", answer(QuestionType.WHERE, ROMAJI));
        assertEquals("ichi", answer(QuestionType.COUNT, ROMAJI));
        assertEquals("E", answer(QuestionType.AT, OPTION, ROMAJI));
    }

    @Test
    void numbers() {
        assertEquals("one", answer(QuestionType.COUNT));
        assertEquals("1", answer(QuestionType.COUNT, DIGITS));
        assertEquals("1", answer(QuestionType.COUNT, DIGITS, ROMAJI));
    }

    @Test
    void places() {
        assertEquals("middle center", answer(QuestionType.WHERE, SHORT));
        assertEquals("[0.33,0.33,0.67,0.67]", answer(QuestionType.WHERE, SHORT, BOX));
        assertEquals("it is [0.33,0.33,0.67,0.67]", answer(QuestionType.WHERE, BOX));
        var corner = new Question(QuestionType.WHERE, "", false, List.of(new Item(6, ObjectType.BAR, Color.RED)));
        assertEquals("[0.00,0.67,0.33,1.00]", corner.answer(Convention.of(SHORT, BOX)));
    }

    @Test
    void order() {
        assertEquals("Z X K", answer(QuestionType.TEXT, SHORT, BACKWARD));
        assertEquals("it is Z X K", answer(QuestionType.TEXT, BACKWARD));
        assertEquals("ring red", answer(QuestionType.AT, BACKWARD, FULL));
    }

    @Test
    void presence() {
        var answers = IntStream.range(0, 40)
                .mapToObj(i -> QuestionType.PRESENT
                        .about(SHARP, RandomStream.of(i, "test"))
                        .orElseThrow())
                .collect(Collectors.groupingBy(
                        question -> question.text().contains("ring"),
                        Collectors.mapping(question -> question.answer(Convention.of()), Collectors.toSet())));
        assertEquals(Set.of("yes"), answers.get(true));
        assertEquals(Set.of("no"), answers.get(false));
    }

    @Test
    void doubt() {
        assertEquals(
                "unanswerable", question(QuestionType.COUNT, BLURRED).answer(Convention.of(CAREFUL, SENTENCE, ROMAJI)));
        assertEquals("one", question(QuestionType.COUNT, BLURRED).answer(Convention.of()));
        assertEquals("one", answer(QuestionType.COUNT, CAREFUL));
    }

    @Test
    void theLaterDirectiveOfAnAxisHolds() {
        assertEquals("red ring", answer(QuestionType.AT, COLOR, FULL));
        assertEquals("red", answer(QuestionType.AT, FULL, COLOR));
    }

    @Test
    void whatIsNotThereIsNotAskedAbout() {
        var empty = new Scene(Style.PLAIN, Tone.DARK, false, List.of());
        for (var ask : List.of(
                QuestionType.AT, QuestionType.COLOR, QuestionType.WHERE, QuestionType.TEXT, QuestionType.OBJECT)) {
            assertEquals(Optional.empty(), ask.about(empty, RandomStream.of(0, "test")));
        }
        assertEquals("zero", question(QuestionType.COUNT, empty).answer(Convention.of()));
    }

    private static String answer(QuestionType ask, Directive... directives) {
        return question(ask, SHARP).answer(Convention.of(directives));
    }

    private static Question question(QuestionType ask, Scene scene) {
        return ask.about(scene, RandomStream.of(1, "test")).orElseThrow();
    }
}
