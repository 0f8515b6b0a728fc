package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {

    @TempDir
    private Path folder;

    private final Console console = new Console();
    private Path sheet;

    @BeforeEach
    void write() throws IOException {
        sheet = folder.resolve("sheet.jsonl");
        Files.writeString(sheet, """
            {"sheet": "words", "rules": ["same", "held"]}
            {"references": ["cat"], "answers": {"terse": "cat", "wordy": "a cat"}}
            {"references": ["dog"], "answers": {"terse": "wolf", "wordy": "a dog"}}
            """);
    }

    @Test
    void theRankingThatDependsOnTheRuleIsTold() {
        assertEquals(0, console.karuta("compare", sheet.toString()));
        assertEquals("""
            words: 2 questions
            RULE  WHOSE  terse  wordy
            same  Us     50.00  0.00
            held         50.00  100.00
            terse: from 50.00 (same) to 50.00 (same), 0.00 apart
            wordy: from 0.00 (same) to 100.00 (held), 100.00 apart
            which is better, terse or wordy, depends on the rule: the first under same; the second under held

            The better of two methods depends on the rule in 1 of 1 comparisons on 1 sheets.
            """, console.out());
    }

    @Test
    void onlyTheRulesThatAreAskedForCount() {
        assertEquals(0, console.karuta("compare", sheet.toString(), "--rule", "held", "--json"));
        var words =
                JsonParser.parseString(console.out()).getAsJsonArray().get(0).getAsJsonObject();
        assertEquals("[held]", words.getAsJsonObject("rules").keySet().toString());
    }

    @Test
    void aRuleThatCannotBeMadeIsLeftOutByName() {
        assertEquals(0, console.karuta("compare", sheet.toString(), "--rule", "same,box/coin"));
        assertTrue(console.err().contains("warning: box.coin is left out: cannot be made"), console.err());
        assertTrue(console.out().contains("same  Us"), console.out());
    }

    @Test
    void aRuleThatIsNotThereIsTold() {
        assertEquals(2, console.karuta("compare", sheet.toString(), "--rule", "hold"));
        assertTrue(console.err().contains("there is no scorer \"hold\" (did you mean \"held\"?)"), console.err());
    }

    @Test
    void whatIsNeitherSheetNorRunIsTold() {
        assertEquals(2, console.karuta("compare", folder.toString()));
        assertTrue(console.err().contains("is no run folder and holds none"), console.err());
    }
}
