package karuta.audit;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Findings for scripts. */
public final class FindingsJson {

    private FindingsJson() {}

    /** All of them, as an object over several lines. */
    public static String of(Findings findings) {
        var object = new JsonObject();
        object.addProperty("methods", findings.methods());
        object.addProperty("tasks", findings.tasks());
        object.addProperty("numbers", findings.numbers());
        object.add("columns", array(findings.columns(), FindingsJson::meaning));
        object.add("faults", array(findings.faults(), FindingsJson::fault));
        object.add("notes", array(findings.notes(), JsonPrimitive::new));
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(object);
    }

    private static JsonObject meaning(Findings.Meaning meaning) {
        var object = new JsonObject();
        object.addProperty("column", meaning.column());
        object.addProperty("definition", meaning.definition().name());
        object.addProperty("formula", meaning.definition().formula());
        object.addProperty("verdict", word(meaning.verdict()));
        object.addProperty("fitting", meaning.fitting());
        object.addProperty("rows", meaning.rows());
        meaning.leeway().ifPresent(leeway -> object.addProperty("leeway", leeway));
        return object;
    }

    private static JsonObject fault(Findings.Fault fault) {
        var object = new JsonObject();
        object.addProperty("kind", word(fault.kind()));
        object.addProperty("method", fault.method());
        object.addProperty("why", fault.why());
        object.add("conflict", array(fault.conflict(), JsonPrimitive::new));
        object.add("corrections", array(fault.corrections(), FindingsJson::correction));
        return object;
    }

    private static JsonObject correction(Findings.Correction correction) {
        var object = new JsonObject();
        object.addProperty("number", correction.label());
        object.addProperty("printed", correction.printed());
        object.addProperty("corrected", correction.corrected());
        return object;
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static <T> JsonArray array(List<T> list, Function<T, JsonElement> form) {
        var array = new JsonArray();
        list.forEach(each -> array.add(form.apply(each)));
        return array;
    }
}
