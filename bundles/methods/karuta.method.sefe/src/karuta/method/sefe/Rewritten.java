package karuta.method.sefe;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;

/**
 * A training sample in another style.
 *
 * @param place file and line, for messages
 * @param task its name
 * @param id of the sample that it takes the place of
 * @param question what is asked
 * @param answer what is learned
 */
record Rewritten(String place, String task, String id, String question, String answer) {

    /** @throws KarutaException if the file cannot be read, or a line is no such sample */
    static List<Rewritten> read(Path file) {
        try {
            var lines = Files.readAllLines(file);
            var samples = new ArrayList<Rewritten>();
            for (var i = 0; i < lines.size(); i++) {
                if (!lines.get(i).isBlank()) {
                    samples.add(of(file + ":" + (i + 1), lines.get(i)));
                }
            }
            return samples;
        } catch (IOException e) {
            throw new KarutaException(
                    "The rewritten samples " + file.toAbsolutePath() + " cannot be read.",
                    "Correct the option \"file\" of the benchmark \"asd\"; it is relative to the current directory.",
                    e);
        }
    }

    private static Rewritten of(String place, String line) {
        try {
            var object = Optional.of(JsonParser.parseString(line))
                    .filter(JsonElement::isJsonObject)
                    .map(JsonElement::getAsJsonObject)
                    .orElseThrow(() -> refused(place, "a line is an object in braces"));
            return new Rewritten(
                    place,
                    text(place, object, "task"),
                    text(place, object, "id"),
                    text(place, object, "question"),
                    text(place, object, "answer"));
        } catch (JsonParseException e) {
            throw refused(place, "this is no JSON");
        }
    }

    private static String text(String place, JsonObject object, String name) {
        return Optional.ofNullable(object.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> refused(place, "\"" + name + "\" is missing"));
    }

    KarutaException refused(String why) {
        return refused(place, why);
    }

    private static KarutaException refused(String place, String why) {
        return new KarutaException(
                place + ": " + why + ".",
                "A line is such as {\"task\": \"pets\", \"id\": \"a\", \"question\": \"...\", \"answer\": \"...\"}.");
    }
}
