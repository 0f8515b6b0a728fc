package karuta.lmm.peft;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import karuta.api.KarutaException;
import karuta.lmm.config.Json;

/**
 * Which modules an adapter is meant for: a text is a regular expression of the whole path, a list holds ends of paths.
 *
 * @param meant those that are named
 * @param excluded those of them that are not
 * @param layers numbers of the layers; all, if empty
 */
record Targets(Predicate<String> meant, Predicate<String> excluded, Optional<List<Integer>> layers) {

    private static final Pattern LAYER = Pattern.compile(".*\\.layers\\.(\\d+)\\..*");

    static Targets read(Json json) {
        if (!json.has("target_modules")) {
            throw json.unsupported("target_modules", "null", "a list or a regular expression");
        }
        return new Targets(
                paths(json, "target_modules"),
                json.has("exclude_modules") ? paths(json, "exclude_modules") : path -> false,
                json.has("layers_to_transform")
                        ? Optional.of(json.wholes("layers_to_transform", List.of(), 0, 1 << 10))
                        : Optional.empty());
    }

    private static Predicate<String> paths(Json json, String key) {
        if (!json.isList(key)) {
            var text = json.text(key).orElseThrow();
            return text.equals("all-linear")
                    ? path -> true
                    : pattern(json, key, text).asMatchPredicate();
        }
        var ends = new ArrayList<String>();
        for (JsonElement end : json.object().getAsJsonArray(key)) {
            if (!(end instanceof JsonPrimitive name && name.isString())) {
                throw json.broken("says in " + key + " that a layer is called " + end);
            }
            ends.add(name.getAsString());
        }
        return path -> ends.stream().anyMatch(end -> path.equals(end) || path.endsWith("." + end));
    }

    static Pattern pattern(Json json, String key, String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw new KarutaException(
                    json.where() + " says " + key + " = " + text + ", which is no regular expression.", "Mend it.", e);
        }
    }

    boolean include(String path) {
        var layer = LAYER.matcher(path);
        return meant.test(path)
                && !excluded.test(path)
                && (layers.isEmpty() || layer.matches() && layers.get().contains(Integer.parseInt(layer.group(1))));
    }
}
