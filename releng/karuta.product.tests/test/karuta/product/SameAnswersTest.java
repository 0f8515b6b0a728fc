package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page on the same answers under many rules says, the program prints. */
class SameAnswersTest {

    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern ROW = Pattern.compile("(?m)^(\\S+)  .*  +(\\d+\\.\\d\\d) +(\\d+\\.\\d\\d)$");

    /** All rules of the sheet but those that run programs of others, which may not be there. */
    private static final int RULES = 52;

    @TempDir
    private Path folder;

    @Test
    void thePageHasTheNumbersThatTheCommandPrints() throws IOException {
        var sheet = ROOT.resolve(Path.of("experiments", "same-answers", "sheet.jsonl"));
        var page = Files.readString(ROOT.resolve(Path.of("bundles", "dev", "karuta.doc", "same-answers.md")));

        var end =
                Product.in(folder).start(Map.of(), "compare", sheet.toString()).end();

        assertEquals(0, end.code(), end.err());
        var rows = ROW.matcher(end.out()).results().toList();
        assertTrue(rows.size() >= RULES, end.out());
        for (var row : rows) {
            var line = "| `" + row.group(1) + "` | " + row.group(2) + " | " + row.group(3) + " |";
            assertTrue(page.contains(line), "the page lacks " + line);
        }
        assertTrue(end.out().contains("depends on the rule in 4 of 5 comparisons"), end.out());
        assertTrue(page.contains("depends on the rule in 4 of 5 comparisons"));
    }
}
