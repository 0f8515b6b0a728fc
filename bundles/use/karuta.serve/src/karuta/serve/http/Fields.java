package karuta.serve.http;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Optional;

/** Reads the fields of a JSON object that a stranger has written. Null counts as nothing. */
final class Fields {

    private final JsonObject object;
    private final String where;

    /** @param where it stands, for messages: {@code messages[0]} */
    Fields(JsonElement element, String where) {
        if (!element.isJsonObject()) {
            throw Problem.invalid("invalid_value", where + " must be an object.");
        }
        this.object = element.getAsJsonObject();
        this.where = where;
    }

    private String at(String name) {
        return where.isEmpty() ? name : where + "." + name;
    }

    Optional<JsonElement> get(String name) {
        return Optional.ofNullable(object.get(name)).filter(value -> !value.isJsonNull());
    }

    Optional<String> text(String name) {
        return get(name).map(value -> {
            if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
                throw Problem.invalid("invalid_value", at(name) + " must be a text.");
            }
            return value.getAsString();
        });
    }

    String needText(String name) {
        return text(name).orElseThrow(() -> Problem.invalid("missing_value", at(name) + " is missing."));
    }

    boolean flag(String name) {
        return get(name)
                .map(value -> {
                    if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isBoolean()) {
                        throw Problem.invalid("invalid_value", at(name) + " must be true or false.");
                    }
                    return value.getAsBoolean();
                })
                .orElse(false);
    }

    Optional<Fields> object(String name) {
        return get(name).map(value -> new Fields(value, at(name)));
    }

    List<JsonElement> list(String name) {
        return get(name)
                .map(value -> {
                    if (!value.isJsonArray()) {
                        throw Problem.invalid("invalid_value", at(name) + " must be a list.");
                    }
                    return value.getAsJsonArray();
                })
                .map(JsonArray::asList)
                .orElse(List.of());
    }
}
