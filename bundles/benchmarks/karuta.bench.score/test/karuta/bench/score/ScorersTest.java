package karuta.bench.score;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import karuta.api.KarutaException;
import karuta.api.ReferenceScorer;
import karuta.bench.score.box.IouScorer;
import karuta.bench.score.choice.ChoiceScorer;
import karuta.bench.score.equal.ExactScorer;
import org.junit.jupiter.api.Test;

class ScorersTest {

    @Test
    void exactIgnoresCaseSpaceAndPunctuationAtTheEnd() {
        var exact = new ExactScorer();
        right(exact, "Red", "red");
        right(exact, " red.\n", "red");
        right(exact, "a  red \t cat!", "A red cat");
        right(exact, "yes , ", "yes");
        right(exact, "3.5", "3.5");
        right(exact, "?", "?");
        right(exact, "", "");
        wrong(exact, "", "red");
        wrong(exact, "red cat", "red");
        wrong(exact, "3.5", "35");
        wrong(exact, "!", "?");
        wrong(exact, "it's", "its");
    }

    @Test
    void exactDoesNotDependOnTheMachinesLanguage() {
        var before = java.util.Locale.getDefault();
        java.util.Locale.setDefault(new java.util.Locale("tr"));
        try {
            right(new ExactScorer(), "TITLE", "title");
        } finally {
            java.util.Locale.setDefault(before);
        }
    }

    @Test
    void choiceReadsTheLetterAsCoINDoes() {
        var choice = new ChoiceScorer();
        right(choice, "B", "B");
        right(choice, " B\n", "B");
        right(choice, "B. the cat", "B");
        right(choice, "b", "B");
        right(choice, "The answer: b", "B");
        right(choice, "(B)", "B");
        wrong(choice, "A", "B");
        wrong(choice, "A. B", "B");
        wrong(choice, "It is a cat, B", "B"); // "a" is the first word of one character
        wrong(choice, "Because", "B");
        wrong(choice, "", "B");
        wrong(choice, "F", "B");
    }

    @Test
    void choiceComparesTextsWhereTheReferenceIsAText() {
        right(new ChoiceScorer(), "The Cat.", "the cat");
        wrong(new ChoiceScorer(), "B", "the cat");
    }

    @Test
    void iouNeedsMoreThanHalf() {
        var iou = new IouScorer();
        right(iou, "[0.1,0.1,0.5,0.5]", "[0.1, 0.1, 0.5, 0.5]");
        right(iou, "it is at [0,0,1,0.51].", "[0,0,1,1]");
        wrong(iou, "[0,0,1,0.5]", "[0,0,1,1]"); // exactly half
        right(iou, "0,0,1,.75", "[0,0,1,1]");
        right(iou, "(0, 0, 10, 10)", "[0,0,10,9]");
        wrong(iou, "[0,0,0.2,0.2]", "[0.5,0.5,1,1]");
        wrong(iou, "[1,1,0,0]", "[0,0,1,1]"); // corners the wrong way round
        wrong(iou, "[0,0,0,0]", "[0,0,0,0]");
        right(iou, "[1e-1,0,1,1]", "[0,0,1,1]");
    }

    @Test
    void iouTakesAnAnswerWithoutABoxAsWrongButAReferenceWithoutOneAsAMistake() {
        var iou = new IouScorer();
        wrong(iou, "in the middle", "[0,0,1,1]");
        wrong(iou, "[0,0,1]", "[0,0,1,1]");
        wrong(iou, "[0,0,1,]", "[0,0,1,1]");
        wrong(iou, "", "[0,0,1,1]");
        var error = assertThrows(KarutaException.class, () -> iou.score("[0,0,1,1]", "left"));
        assertTrue(error.getMessage().contains("left"), error.getMessage());
    }

    private static void right(ReferenceScorer scorer, String answer, String reference) {
        assertEquals(1, scorer.score(answer, reference), answer);
    }

    private static void wrong(ReferenceScorer scorer, String answer, String reference) {
        assertEquals(0, scorer.score(answer, reference), answer);
    }
}
