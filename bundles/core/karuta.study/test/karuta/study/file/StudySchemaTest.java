package karuta.study.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import karuta.yaml.NodeReader;
import org.junit.jupiter.api.Test;

class StudySchemaTest {

    private static final StudySchema.Strategy DUAL = new StudySchema.Strategy(
            "selector",
            "dual",
            "By image and text.",
            List.of(
                    new StudySchema.Option(
                            "k",
                            "How many cards.",
                            StudySchema.Type.WHOLE,
                            false,
                            List.of("3"),
                            OptionalDouble.of(1),
                            OptionalDouble.empty(),
                            List.of()),
                    new StudySchema.Option(
                            "modes",
                            "",
                            StudySchema.Type.TEXT,
                            true,
                            List.of("image", "text"),
                            OptionalDouble.empty(),
                            OptionalDouble.empty(),
                            List.of("image", "text"))));

    private final JsonObject schema =
            JsonParser.parseString(StudySchema.of(List.of(DUAL))).getAsJsonObject();

    @Test
    void knowsTheSameKeysAsTheReader() {
        var definitions = schema.getAsJsonObject("definitions");
        assertKeys(StudyKeys.STUDY, schema);
        assertKeys(StudyKeys.ARM, definitions.getAsJsonObject("arm"));
        assertKeys(StudyKeys.OVER, definitions.getAsJsonObject("over"));
        assertKeys(StudyKeys.TRAINING, definitions.getAsJsonObject("training"));
        assertKeys(StudyKeys.SLURM, schema.getAsJsonObject("properties").getAsJsonObject("slurm"));
        assertEquals(StudyKeys.EVERY, texts(schema.get("required")));
        assertEquals(StudyKeys.COMPARING, texts(schema.getAsJsonObject("else").get("required")));
        var name = definitions.getAsJsonObject("name").get("pattern").getAsString();
        assertEquals("^" + NodeReader.NAME.pattern() + "$", name);
    }

    @Test
    void offersTheStrategiesThatAreThereWithTheirOptions() {
        var forms = schema.getAsJsonObject("definitions")
                .getAsJsonObject("selector")
                .getAsJsonArray("anyOf");
        assertEquals(JsonParser.parseString("""
            [{"enum": ["dual"]},
             {"description": "By image and text.", "type": "object",
              "properties": {
                "id": {"const": "dual"},
                "bundle": {"description": "Symbolic name of the bundle that it is of, where several bring one of this id.",
                           "type": "string"},
                "k": {"description": "How many cards.", "type": "integer", "minimum": 1.0, "default": 3},
                "modes": {"type": "array", "default": ["image", "text"],
                          "items": {"type": "string", "enum": ["image", "text"]}}},
              "required": ["id"], "additionalProperties": false}]\
            """), forms);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        var references = new ArrayList<String>();
        collect(schema, references);
        assertFalse(references.isEmpty());
        for (var reference : references) {
            assertTrue(
                    schema.getAsJsonObject("definitions").has(reference.substring("#/definitions/".length())),
                    reference);
        }
    }

    private static void assertKeys(Collection<String> keys, JsonObject object) {
        assertEquals(Set.copyOf(keys), object.getAsJsonObject("properties").keySet());
        assertFalse(object.get("additionalProperties").getAsBoolean());
    }

    private static List<String> texts(JsonElement array) {
        return array.getAsJsonArray().asList().stream()
                .map(JsonElement::getAsString)
                .toList();
    }

    private static void collect(JsonElement element, List<String> references) {
        if (element.isJsonObject()) {
            element.getAsJsonObject().entrySet().forEach(entry -> {
                if (entry.getKey().equals("$ref")) {
                    references.add(entry.getValue().getAsString());
                } else {
                    collect(entry.getValue(), references);
                }
            });
        } else if (element.isJsonArray()) {
            element.getAsJsonArray().forEach(each -> collect(each, references));
        }
    }
}
