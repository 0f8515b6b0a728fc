package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import karuta.use.explain.CardExplanation;
import karuta.use.explain.CardExplanation.Use;
import karuta.use.explain.Example;
import karuta.use.explain.SoftToken;
import karuta.use.explain.SoftToken.Word;
import org.junit.jupiter.api.Test;

/** What is told of a card. */
class ExplanationTextTest {

    private static final CardExplanation ONLY = new CardExplanation(
            "gqa",
            List.of(new SoftToken(0, List.of(new Word("a\u001b[2J\n", 0.5)))),
            List.of(new Example("how\tmany?", List.of("/data/gqa/1.png"), 0.25)),
            List.of(new Use("gqa", 12, 100, 50, 80, Double.NaN)),
            List.of("It is the only card."));

    @Test
    void noWordOfAVocabularyMovesTheCursor() {
        var text = String.join("\n", new ExplanationText(ONLY).lines());
        assertTrue(text.contains("\"a\\u001b[2J\\u000a\" 0.50"), text);
        assertTrue(text.contains("how\\u0009many?"), text);
        assertFalse(text.contains("\u001b"), text);
    }

    @Test
    void whatIsNotKnownIsNoNumber() {
        var explanation = new ExplanationText(ONLY);
        var row = explanation.lines().stream()
                .filter(line -> line.startsWith("gqa"))
                .findFirst()
                .orElseThrow();
        assertEquals(List.of("gqa 12 100.0 % 50.0 % 80.0 % - -"), List.of(row.replaceAll(" +", " ")));
        var json = JsonParser.parseString(explanation.json()).getAsJsonObject();
        assertFalse(json.getAsJsonArray("tasks").get(0).getAsJsonObject().has("without"));
        assertEquals(
                "It is the only card.", json.getAsJsonArray("unknown").get(0).getAsString());
    }
}
