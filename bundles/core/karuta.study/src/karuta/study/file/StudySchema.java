package karuta.study.file;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Describes study files as JSON Schema (draft 7, which editors know), so that an editor completes keys, strategies and
 * options, and marks mistakes while they are made.
 */
public final class StudySchema {

    private static final List<String> KINDS = List.of(
            "backbone", "encoder", "benchmark", "learner", "baseline", "pool", "selector", "fusion", "pretraining");

    private static final String BUNDLE =
            "Symbolic name of the bundle that it is of, where several bring one of this id.";

    private StudySchema() {}

    /** The type of an option's values. */
    public enum Type {
        /** Any text. */
        TEXT("string"),
        /** A whole number. */
        WHOLE("integer"),
        /** A number. */
        NUMBER("number"),
        /** True or false. */
        TRUTH("boolean");

        private final String name;

        Type(String name) {
            this.name = name;
        }
    }

    /**
     * A strategy that a study may ask for.
     *
     * @param kind as the key in a study: backbone, encoder, pool, ...
     * @param id its name
     * @param description one sentence; may be empty
     * @param options all it has
     */
    public record Strategy(String kind, String id, String description, List<Option> options) {}

    /**
     * An option of a strategy.
     *
     * @param name its key
     * @param description one sentence; may be empty
     * @param type of the value, or of each value of a list
     * @param list whether it takes several values
     * @param fallback what holds if it is not given, as text: one value, or as many as the list has
     * @param min smallest number allowed
     * @param max largest number allowed
     * @param choices the only texts allowed; empty if any is
     */
    public record Option(
            String name,
            String description,
            Type type,
            boolean list,
            List<String> fallback,
            OptionalDouble min,
            OptionalDouble max,
            List<String> choices) {}

    /** The schema of the studies that can be run with these strategies. */
    public static String of(Collection<Strategy> strategies) {
        var schema = JsonParser.parseString(StudySchemaFrame.TEXT).getAsJsonObject();
        var definitions = schema.getAsJsonObject("definitions");
        for (var kind : KINDS) {
            var known = strategies.stream().filter(s -> s.kind().equals(kind)).toList();
            definitions.add(kind, known.isEmpty() ? definitions.get("strategy") : anyOf(known));
        }
        var gson = new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();
        return gson.toJson(schema) + "\n";
    }

    /** An id alone, or the mapping of one of the strategies. */
    private static JsonObject anyOf(List<Strategy> strategies) {
        var ids = new JsonObject();
        ids.add("enum", texts(strategies.stream().map(Strategy::id).distinct().toList()));
        var forms = new JsonArray();
        forms.add(ids);
        strategies.forEach(strategy -> forms.add(mapping(strategy)));
        var anyOf = new JsonObject();
        anyOf.add("anyOf", forms);
        return anyOf;
    }

    private static JsonObject mapping(Strategy strategy) {
        var id = new JsonObject();
        id.addProperty("const", strategy.id());
        var properties = new JsonObject();
        properties.add("id", id);
        var bundle = described(BUNDLE);
        bundle.addProperty("type", "string");
        properties.add(StudyKeys.BUNDLE, bundle);
        strategy.options().forEach(option -> properties.add(option.name(), option(option)));
        if (strategy.kind().equals("benchmark")) {
            var over = described("What a wrapper over a benchmark goes over.");
            over.addProperty("$ref", "#/definitions/benchmark");
            properties.add("over", over);
        }
        var mapping = described(strategy.description());
        mapping.addProperty("type", "object");
        mapping.add("properties", properties);
        mapping.add("required", texts(List.of("id")));
        mapping.addProperty("additionalProperties", false);
        return mapping;
    }

    private static JsonObject option(Option option) {
        var value = new JsonObject();
        value.addProperty("type", option.type().name);
        option.min().ifPresent(min -> value.addProperty("minimum", min));
        option.max().ifPresent(max -> value.addProperty("maximum", max));
        if (!option.choices().isEmpty()) {
            value.add("enum", texts(option.choices()));
        }
        var fallbacks = new JsonArray();
        option.fallback().forEach(text -> fallbacks.add(json(text, option.type())));
        var described = described(option.description());
        if (option.list()) {
            described.addProperty("type", "array");
            described.add("items", value);
            described.add("default", fallbacks);
        } else {
            value.asMap().forEach(described::add);
            if (!fallbacks.isEmpty()) {
                described.add("default", fallbacks.get(0));
            }
        }
        return described;
    }

    private static JsonElement json(String text, Type type) {
        return type == Type.TEXT ? new JsonPrimitive(text) : JsonParser.parseString(text);
    }

    private static JsonObject described(String description) {
        var json = new JsonObject();
        if (!description.isEmpty()) {
            json.addProperty("description", description);
        }
        return json;
    }

    private static JsonArray texts(List<String> texts) {
        var array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }
}
