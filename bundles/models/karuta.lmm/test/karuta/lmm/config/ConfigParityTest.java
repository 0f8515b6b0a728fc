package karuta.lmm.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is understood of a configuration is what Transformers understands of it. */
class ConfigParityTest {

    @TempDir
    private Path folder;

    static Stream<String> clips() throws IOException {
        return cases("clip").keySet().stream();
    }

    static Stream<String> llavas() throws IOException {
        return cases("llava").keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("clips")
    void clip(String name) throws IOException {
        requireSame(name, understood("clip", name), ClipConfig.read(folder));
    }

    @ParameterizedTest
    @MethodSource("llavas")
    void llava(String name) throws IOException {
        requireSame(name, understood("llava", name), LlavaConfig.read(folder, Optional.empty()));
    }

    private static JsonObject cases(String kind) throws IOException {
        var text = Files.readString(Path.of("test", "fixtures", "configs.json"));
        var cases = JsonParser.parseString(text).getAsJsonObject().getAsJsonObject(kind);
        assertTrue(cases.size() > 5, "the fixtures are there");
        return cases;
    }

    private JsonObject understood(String kind, String name) throws IOException {
        var known = cases(kind).getAsJsonObject(name);
        Files.writeString(folder.resolve("config.json"), known.get("config").toString());
        return known.getAsJsonObject("understood");
    }

    private static void requireSame(String path, JsonElement expected, Object found) {
        requireSameJson(path, expected, new Gson().toJsonTree(found));
    }

    /** Every expected value; a tower is a list in the fixtures. */
    private static void requireSameJson(String path, JsonElement expected, JsonElement found) {
        if (expected instanceof JsonObject object) {
            for (var key : object.keySet()) {
                requireSameJson(
                        path + "." + key,
                        object.get(key),
                        found.getAsJsonObject().get(key));
            }
        } else if (expected instanceof JsonArray list) {
            var values = found instanceof JsonObject record
                    ? List.copyOf(record.asMap().values())
                    : found.getAsJsonArray().asList();
            assertEquals(list.size(), values.size(), path);
            for (var i = 0; i < list.size(); i++) {
                requireSameJson(path + "." + i, list.get(i), values.get(i));
            }
        } else if (expected.getAsJsonPrimitive().isNumber()) {
            assertEquals(expected.getAsDouble(), found.getAsDouble(), path);
        } else {
            assertEquals(expected, found, path);
        }
    }
}
