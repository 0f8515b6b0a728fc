package karuta.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Against SciPy's solver and formulas in Python: {@code releng/audit/offsets.py}. */
class OffsetsTest {

    @TempDir
    private Path folder;

    static Stream<JsonObject> cases() throws IOException {
        return JsonParser.parseString(Files.readString(Path.of("test", "fixtures", "offsets.json")))
                .getAsJsonArray()
                .asList()
                .stream()
                .map(JsonElement::getAsJsonObject);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void numbersAreOffByAsMuchAsAnotherSolverFinds(JsonObject made) {
        var table = new Printer(folder, 1).table(made.get("table").getAsString(), Optional.empty(), Map.of());
        var hypothesis = Hypothesis.all(table, Table.Column::definitions).get(0);
        assertEquals(
                made.get("off").getAsDouble(),
                hypothesis.fitting(table.methods().get(0).items()).off(),
                1e-6);
    }
}
