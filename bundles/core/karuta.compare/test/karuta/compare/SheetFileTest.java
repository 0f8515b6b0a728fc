package karuta.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SheetFileTest {

    private static final Path SIXTY = Path.of("../../../experiments/same-answers/sheet.jsonl");

    @TempDir
    private Path folder;

    private List<Sheet> read(String text) throws IOException {
        var file = folder.resolve("sheet.jsonl");
        Files.writeString(file, text);
        return new SheetFile(file).read();
    }

    @Test
    void sheetsAndTheirQuestionsAreRead() throws IOException {
        var sheets = read("""
            {"sheet": "words", "rules": ["exact"]}
            {"id": 7, "question": "What?", "references": "cat", "fields": {"size": ["1", "2"], "task": "x"}, "answers": {"b": "a", "a": "b"}}

            {"sheet": "letters"}
            {"references": ["A", "B"], "answers": {"a": ""}}
            """);
        var words = sheets.get(0);
        assertEquals(List.of("exact"), words.rules());
        assertEquals(
                Map.of("size", List.of("1", "2"), "task", List.of("x")),
                words.samples().get(0).fields());
        assertEquals("7", words.samples().get(0).id());
        assertEquals(
                List.of("b", "a"),
                words.methods().stream().map(Sheet.Method::name).toList());
        assertEquals("letters", sheets.get(1).name());
        assertEquals(List.of("A", "B"), sheets.get(1).samples().get(0).references());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "{                                                              | line 1",
                "[]                                                             | line 1",
                "{\"references\": [\"a\"], \"answers\": {\"m\": \"b\"}}         | before the first sheet",
                "{\"sheet\": \"s\"}~{\"answers\": {\"m\": \"b\"}}               | line 2: it has no references",
                "{\"sheet\": \"s\"}~{\"references\": [\"a\"]}                   | line 2: it has no references or no answers",
                "{\"sheet\": \"s\"}~{\"references\": [{}], \"answers\": {}}     | line 2: it is not as it should be",
                "{\"sheet\": \"s\"}                                             | line 1: it begins a sheet where not every method",
            })
    void whatIsWrongIsToldWithItsLine(String text, String message) {
        var error = assertThrows(KarutaException.class, () -> read(text.replace('~', '\n')));
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }

    @Test
    void anEmptyFileAndNoneAreTold() {
        assertTrue(assertThrows(KarutaException.class, () -> read("\n"))
                .getMessage()
                .contains("holds no sheet"));
        var none = new SheetFile(folder.resolve("none"));
        assertTrue(assertThrows(KarutaException.class, none::read).getMessage().contains("cannot be read"));
    }

    @Test
    void theHandMadeSheetHasSixtyQuestionsOfFiveKinds() {
        var sheets = new SheetFile(SIXTY).read();
        assertEquals(5, sheets.size());
        assertEquals(
                60, sheets.stream().mapToInt(sheet -> sheet.samples().size()).sum());
    }
}
