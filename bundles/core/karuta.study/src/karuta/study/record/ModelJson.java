package karuta.study.record;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.Collection;
import java.util.Objects;
import java.util.Optional;
import karuta.study.KarutaPackage;
import karuta.study.Word;
import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EObject;
import org.eclipse.emf.ecore.EReference;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.util.EcoreUtil;
import org.jspecify.annotations.Nullable;

/**
 * Any object of the model as JSON: a member per feature, in the order of the metamodel. What is absent, unset, empty or
 * transient is left out; things with a name have a short form, see {@link NamedJson}. Members that the metamodel does not know
 * are skipped when reading, so that a record of a newer program can still be read.
 */
final class ModelJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ModelJson() {}

    static String write(EObject object) {
        return GSON.toJson(object(object)) + "\n";
    }

    /** @throws JsonParseException if the text is no JSON object or does not fit the class */
    static <T extends EObject> T read(String text, EClass type, Class<T> as) {
        try {
            return as.cast(object(JsonParser.parseString(text).getAsJsonObject(), type));
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new JsonParseException("it is no record of a " + type.getName() + ": " + e.getMessage(), e);
        }
    }

    private static JsonObject object(EObject object) {
        var json = new JsonObject();
        for (var feature : object.eClass().getEAllStructuralFeatures()) {
            var set = !feature.isUnsettable() || object.eIsSet(feature);
            if (set && !feature.isTransient()) {
                json(object.eGet(feature), feature).ifPresent(value -> json.add(feature.getName(), value));
            }
        }
        return json;
    }

    private static Optional<JsonElement> json(@Nullable Object value, EStructuralFeature feature) {
        if (value instanceof Collection<?> values && feature.isMany()) {
            if (feature instanceof EReference reference && NamedJson.knows(reference.getEReferenceType())) {
                var named = NamedJson.write(values);
                if (named.isPresent()) {
                    return named.filter(json -> !values.isEmpty());
                }
            }
            var array = new JsonArray();
            for (var each : values) {
                array.add(element(Objects.requireNonNull(each), feature));
            }
            return array.isEmpty() ? Optional.empty() : Optional.of(array);
        }
        return value == null ? Optional.empty() : Optional.of(element(value, feature));
    }

    private static JsonElement element(Object value, EStructuralFeature feature) {
        if (value instanceof Word word) {
            return new JsonPrimitive(word.getText());
        }
        if (feature instanceof EReference) {
            return object((EObject) value);
        }
        if (value instanceof Boolean truth) {
            return new JsonPrimitive(truth);
        }
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return new JsonPrimitive(number);
        }
        return new JsonPrimitive(EcoreUtil.convertToString(((EAttribute) feature).getEAttributeType(), value));
    }

    private static EObject object(JsonObject json, EClass type) {
        var object = EcoreUtil.create(type);
        for (var feature : type.getEAllStructuralFeatures()) {
            var element = feature.isTransient() ? null : json.get(feature.getName());
            if (element == null) {
                if (feature.isRequired() && !feature.isTransient()) {
                    throw new JsonParseException(
                            "\"" + feature.getName() + "\" of a " + type.getName() + " is missing");
                }
                continue;
            }
            if (feature instanceof EReference reference
                    && element.isJsonObject()
                    && NamedJson.knows(reference.getEReferenceType())) {
                object.eSet(feature, NamedJson.read(element.getAsJsonObject(), reference.getEReferenceType()));
            } else if (feature.isMany()) {
                var values = element.getAsJsonArray().asList().stream()
                        .map(e -> value(e, feature))
                        .toList();
                object.eSet(feature, values);
            } else {
                object.eSet(feature, value(element, feature));
            }
        }
        return object;
    }

    private static Object value(JsonElement element, EStructuralFeature feature) {
        if (feature instanceof EReference reference) {
            if (element.isJsonPrimitive() && reference.getEReferenceType() == KarutaPackage.Literals.WORD) {
                return NamedJson.word(element.getAsString());
            }
            return object(element.getAsJsonObject(), reference.getEReferenceType());
        }
        return EcoreUtil.createFromString(((EAttribute) feature).getEAttributeType(), element.getAsString());
    }
}
