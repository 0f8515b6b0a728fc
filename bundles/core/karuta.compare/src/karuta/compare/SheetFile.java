package karuta.compare;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;

/**
 * A file of sheets: JSON lines. A line with {@code sheet} begins one, and may have {@code rules}; a line with {@code answers}
 * is a question, with {@code references}, and with {@code id}, {@code question} and {@code fields} if they are known.
 * Empty lines do not count.
 *
 * @param path where
 */
public record SheetFile(Path path) {

    /**
     * Reads it.
     *
     * @throws KarutaException if it cannot be read, or a line is not as it should be
     */
    public List<Sheet> read() {
        var drafts = new ArrayList<Draft>();
        var number = 0;
        for (var line : lines()) {
            number++;
            if (!line.isBlank()) {
                take(line, number, drafts);
            }
        }
        if (drafts.isEmpty()) {
            throw wrong(number, "holds no sheet");
        }
        return drafts.stream().map(this::sheet).toList();
    }

    /** What is known of a sheet while it is read. */
    private record Draft(
            int line, String name, List<String> rules, List<Sample> samples, Map<String, List<String>> answers) {}

    private void take(String line, int number, List<Draft> drafts) {
        try {
            var json = JsonParser.parseString(line).getAsJsonObject();
            if (json.has("sheet")) {
                drafts.add(new Draft(
                        number,
                        json.get("sheet").getAsString(),
                        texts(json.get("rules")),
                        new ArrayList<>(),
                        new LinkedHashMap<>()));
            } else if (drafts.isEmpty()) {
                throw wrong(number, "is a question before the first sheet");
            } else {
                ask(json, number, drafts.get(drafts.size() - 1));
            }
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException broken) {
            throw wrong(number, "is not as it should be: " + broken.getMessage());
        }
    }

    private void ask(JsonObject json, int number, Draft draft) {
        var references = texts(json.get("references"));
        if (references.isEmpty() || !json.has("answers")) {
            throw wrong(number, "has no references or no answers");
        }
        var fields = new HashMap<String, List<String>>();
        if (json.has("fields")) {
            json.getAsJsonObject("fields").asMap().forEach((name, value) -> fields.put(name, texts(value)));
        }
        draft.samples.add(new Sample(
                json.has("id") ? json.get("id").getAsString() : Integer.toString(number),
                new Query(
                        Optional.empty(),
                        json.has("question") ? json.get("question").getAsString() : ""),
                references,
                fields));
        json.getAsJsonObject("answers")
                .asMap()
                .forEach((method, answer) -> draft.answers
                        .computeIfAbsent(method, name -> new ArrayList<>())
                        .add(answer.getAsString()));
    }

    private Sheet sheet(Draft draft) {
        try {
            return new Sheet(
                    draft.name,
                    draft.rules,
                    draft.samples,
                    draft.answers.entrySet().stream()
                            .map(method -> new Sheet.Method(method.getKey(), method.getValue()))
                            .toList());
        } catch (IllegalArgumentException gaps) {
            throw wrong(draft.line, "begins a sheet where " + gaps.getMessage());
        }
    }

    private static List<String> texts(JsonElement value) {
        if (value == null) {
            return List.of();
        }
        return value.isJsonArray()
                ? StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(value.getAsString());
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(path);
        } catch (IOException unreadable) {
            throw new KarutaException(
                    "The file " + path + " cannot be read: " + unreadable.getMessage(),
                    "Name a file of sheets in UTF-8, or run folders.",
                    unreadable);
        }
    }

    private KarutaException wrong(int line, String what) {
        return new KarutaException(
                "The file " + path + ", line " + line + ": it " + what + ".",
                "A line is {\"sheet\": NAME, \"rules\": [ID, ...]} or {\"references\": [...], \"answers\": {METHOD: TEXT, ...}}.");
    }
}
