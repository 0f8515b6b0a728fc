package karuta.scoring.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * The members of a record: all their names, and the values that count.
 *
 * @param values by name; what does not count, or is neither text nor list, is null
 */
record Members(Map<String, JsonElement> values) {

    /** The name of an entry in a map from ids to answers, as a member. */
    static final String NAME = "(name)";

    /** Its value. */
    static final String VALUE = "(value)";

    private static final int SHOWN = 12;

    /** An entry in a map from ids to answers. */
    static Members entry(String name, JsonElement value) {
        return new Members(Map.of(NAME, new JsonPrimitive(name), VALUE, value));
    }

    /** Reads an object. Of two members of one name the last one counts, as in Python. */
    static Members read(JsonReader json) throws IOException {
        var values = new LinkedHashMap<String, JsonElement>();
        json.beginObject();
        while (json.hasNext()) {
            var name = json.nextName();
            values.put(name, value(name, json));
        }
        json.endObject();
        return new Members(values);
    }

    private static JsonElement value(String name, JsonReader json) throws IOException {
        if (Form.counts(name) && json.peek() != JsonToken.BEGIN_OBJECT) {
            return JsonParser.parseReader(json);
        }
        json.skipValue();
        return JsonNull.INSTANCE;
    }

    boolean has(String name) {
        return values.containsKey(name);
    }

    /** The first of some names that is there. */
    Optional<String> first(List<String> names) {
        return names.stream().filter(this::has).findFirst();
    }

    /** A text, or a number or truth value as it is written. */
    Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString);
    }

    /** A text or a list of them; no others. */
    List<String> texts(String name) {
        return Optional.ofNullable(values.get(name)).stream()
                .flatMap(value -> value.isJsonArray() ? value.getAsJsonArray().asList().stream() : Stream.of(value))
                .filter(JsonElement::isJsonPrimitive)
                .map(JsonElement::getAsString)
                .toList();
    }

    /** A whole number. */
    OptionalInt number(String name) {
        var text = text(name).filter(digits -> digits.matches("\\d{1,9}"));
        return text.isPresent() ? OptionalInt.of(Integer.parseInt(text.get())) : OptionalInt.empty();
    }

    /** The first names, for messages. */
    String names() {
        var shown = values.keySet().stream().limit(SHOWN).toList();
        return String.join(", ", shown) + (values.size() > SHOWN ? ", ..." : "");
    }
}
