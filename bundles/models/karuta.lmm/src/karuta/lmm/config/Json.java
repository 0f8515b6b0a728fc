package karuta.lmm.config;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import karuta.api.KarutaException;
import karuta.safetensors.FirstBytes;

/**
 * A JSON object of a model folder. A key whose value is null counts as absent, as in Transformers.
 *
 * @param where file, and the path of keys in it, for messages
 * @param object the values
 */
public record Json(String where, JsonObject object) {

    private static final long MAX_BYTES = 8 << 20;
    private static final String MEND = "Fetch the file again, or mend it.";

    /**
     * Reads a file.
     *
     * @throws KarutaException if it cannot be read or is no JSON object
     */
    public static Json read(Path file) {
        try {
            return new Json(file.toString(), StrictJson.read(file, MAX_BYTES));
        } catch (IOException e) {
            throw FirstBytes.explain(file)
                    .orElseGet(() -> new KarutaException(
                            "Cannot read " + file + ": " + e.getMessage(),
                            "Give a complete Hugging Face model folder.",
                            e));
        }
    }

    /** Reads a file that need not be there. */
    public static Optional<Json> readIfThere(Path file) {
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    /** Whether there is a value. */
    public boolean has(String key) {
        return object.has(key) && !object.get(key).isJsonNull();
    }

    /** An object below this one. */
    public Optional<Json> object(String key) {
        return value(key).map(value -> {
            if (!value.isJsonObject()) {
                throw wrong(key, value, "an object is needed");
            }
            return new Json(where + ", " + key, value.getAsJsonObject());
        });
    }

    /**
     * The objects of a list below this one.
     *
     * @throws KarutaException if it is not there, or something else
     */
    public List<Json> objects(String key) {
        var list = value(key).orElseThrow(() -> missing(key));
        if (!list.isJsonArray()) {
            throw wrong(key, list, "a list of objects is needed");
        }
        var objects = new ArrayList<Json>();
        for (var element : list.getAsJsonArray()) {
            if (!element.isJsonObject()) {
                throw wrong(key, element, "an object is needed in this list");
            }
            objects.add(new Json(where + ", " + key + "[" + objects.size() + "]", element.getAsJsonObject()));
        }
        return objects;
    }

    /** Whether a value is an object. */
    public boolean isObject(String key) {
        return has(key) && object.get(key).isJsonObject();
    }

    /** Whether a value is a list. */
    public boolean isList(String key) {
        return has(key) && object.get(key).isJsonArray();
    }

    /** A whole number in a range, both ends included. */
    public OptionalInt whole(String key, int min, int max) {
        var value = value(key);
        return value.isEmpty() ? OptionalInt.empty() : OptionalInt.of(whole(key, value.get(), min, max));
    }

    /** A whole number in a range, both ends included. */
    public int whole(String key, int fallback, int min, int max) {
        return whole(key, min, max).orElse(fallback);
    }

    /** One whole number or a list of them, as a list. */
    public List<Integer> wholes(String key, List<Integer> fallback, int min, int max) {
        return value(key)
                .map(value -> elements(value).map(e -> whole(key, e, min, max)).toList())
                .orElse(fallback);
    }

    /** A list of numbers. */
    public List<Double> numbers(String key, List<Double> fallback) {
        return value(key)
                .map(value -> elements(value).map(e -> number(key, e)).toList())
                .orElse(fallback);
    }

    /** A number in a range, both ends included. */
    public double number(String key, double fallback, double min, double max) {
        return value(key)
                .map(value -> {
                    var number = number(key, value);
                    if (number < min || number > max) {
                        throw wrong(key, value, "it may be from " + min + " to " + max);
                    }
                    return number;
                })
                .orElse(fallback);
    }

    /** True or false. */
    public boolean flag(String key, boolean fallback) {
        return value(key)
                .map(value -> {
                    if (!(value instanceof JsonPrimitive primitive && primitive.isBoolean())) {
                        throw wrong(key, value, "true or false is needed");
                    }
                    return primitive.getAsBoolean();
                })
                .orElse(fallback);
    }

    /** A text. */
    public Optional<String> text(String key) {
        return value(key).map(value -> {
            if (!(value instanceof JsonPrimitive primitive && primitive.isString())) {
                throw wrong(key, value, "a text is needed");
            }
            return primitive.getAsString();
        });
    }

    /**
     * A text.
     *
     * @throws KarutaException if it is not there, or something else
     */
    public String requireText(String key) {
        return text(key).orElseThrow(() -> missing(key));
    }

    /**
     * True or false.
     *
     * @throws KarutaException if it is not there, or something else
     */
    public boolean requireFlag(String key) {
        if (!has(key)) {
            throw missing(key);
        }
        return flag(key, false);
    }

    /**
     * A whole number in a range, both ends included.
     *
     * @throws KarutaException if it is not there, or something else
     */
    public int requireWhole(String key, int min, int max) {
        return whole(key, min, max).orElseThrow(() -> missing(key));
    }

    /**
     * Checks that nothing is said that nobody reads.
     *
     * @throws KarutaException if there is another key
     */
    public void requireNoOther(String... keys) {
        var known = List.of(keys);
        object.keySet().stream().filter(key -> !known.contains(key)).findFirst().ifPresent(key -> {
            throw broken("has the key \"" + StrictJson.shown(key) + "\", which is not known here; known are "
                    + String.join(", ", keys));
        });
    }

    /** Refuses a file that contradicts itself. */
    public KarutaException broken(String why) {
        return new KarutaException(where + " " + why + ".", MEND);
    }

    private KarutaException missing(String key) {
        return broken("has no " + key);
    }

    /** One of the texts that are implemented; the first of them where the key is absent. */
    public String oneOf(String key, String... implemented) {
        var text = text(key).orElse(implemented[0]);
        if (!List.of(implemented).contains(text)) {
            throw unsupported(key, "\"" + text + "\"", String.join(" or ", implemented));
        }
        return text;
    }

    /** Refuses what is not implemented. */
    public KarutaException unsupported(String key, String value, String implemented) {
        return new KarutaException(
                where + " asks for " + key + " = " + value + ", which is not implemented.",
                "Models with " + key + " = " + implemented + " can be used.");
    }

    private Optional<JsonElement> value(String key) {
        return has(key) ? Optional.of(object.get(key)) : Optional.empty();
    }

    private static Stream<JsonElement> elements(JsonElement value) {
        return value.isJsonArray()
                ? StreamSupport.stream(value.getAsJsonArray().spliterator(), false)
                : Stream.of(value);
    }

    private int whole(String key, JsonElement value, int min, int max) {
        try {
            if (value instanceof JsonPrimitive primitive && primitive.isNumber()) {
                var whole = Long.parseLong(primitive.getAsString());
                if (whole >= min && whole <= max) {
                    return (int) whole;
                }
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw wrong(key, value, "a whole number from " + min + " to " + max + " is needed");
    }

    private double number(String key, JsonElement value) {
        if (!(value instanceof JsonPrimitive primitive && primitive.isNumber())) {
            throw wrong(key, value, "a number is needed");
        }
        var number = primitive.getAsDouble();
        if (!Double.isFinite(number)) {
            throw wrong(key, value, "a finite number is needed");
        }
        return number;
    }

    private KarutaException wrong(String key, JsonElement value, String needed) {
        var text = value.toString();
        return new KarutaException(
                where + " says " + key + " = " + (text.length() > 60 ? text.substring(0, 60) + "..." : text) + "; "
                        + needed + ".",
                MEND);
    }
}
