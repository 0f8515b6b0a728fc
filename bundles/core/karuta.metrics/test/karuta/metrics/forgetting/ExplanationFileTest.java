package karuta.metrics.forgetting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.google.gson.JsonParseException;
import java.util.List;
import java.util.Optional;
import karuta.metrics.forgetting.Explanation.OldTask;
import karuta.metrics.forgetting.Explanation.Prompts;
import karuta.metrics.forgetting.ForgettingParts.Scores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExplanationFileTest {

    private static final String ANSWERS = "a".repeat(64);

    private static final Explanation KNOWN = new Explanation(
            "dual",
            -7,
            "default",
            true,
            Prompts.KEPT,
            48,
            List.of(
                    new OldTask(
                            "a \"task\"",
                            new Scores(0.9, 1 / 3.0, 0.7, 0.5, 0.8),
                            Optional.of(new AnswerLosses(0, 0.1)),
                            Optional.of(new AnswerLosses(0.25, 0.5))),
                    new OldTask("b", new Scores(1.5, 0, 0, 0, 0), Optional.empty(), Optional.empty())));

    @Test
    void whatIsWrittenIsReadEqually() {
        assertEquals(Optional.of(KNOWN), ExplanationFile.read(ExplanationFile.write(ANSWERS, KNOWN), ANSWERS));
        var dark = new Explanation("lora", 1, "back", false, Prompts.NONE, 0, List.of());
        assertEquals(Optional.of(dark), ExplanationFile.read(ExplanationFile.write(ANSWERS, dark), ANSWERS));
    }

    @Test
    void whatExplainsOtherAnswersDoesNotCount() {
        assertEquals(Optional.empty(), ExplanationFile.read(ExplanationFile.write(ANSWERS, KNOWN), "b".repeat(64)));
    }

    @Test
    void aChangedNumberIsTold() {
        var changed = ExplanationFile.write(ANSWERS, KNOWN).replace("0.7", "0.8");
        assertThrows(JsonParseException.class, () -> ExplanationFile.read(changed, ANSWERS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "null", "{\"answers\": 3, \"tasks\": {}}"})
    void whatIsNoExplanationIsTold(String text) {
        assertThrows(JsonParseException.class, () -> ExplanationFile.read(text, ANSWERS));
    }
}
