package karuta.replay;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Collection;
import java.util.function.Function;

/** Differences, findings and verdicts as JSON, for scripts. */
public final class ReplayJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ReplayJson() {}

    /** {@code differences}: group, key, and what A and B say, as far as they say something. */
    public static String of(RecordDifferences differences) {
        var json = new JsonObject();
        json.add("differences", array(differences.all(), ReplayJson::difference));
        return GSON.toJson(json);
    }

    /** {@code first} and all {@code findings} with level, place and evidence; {@code surroundings}; what was compared. */
    public static String of(Bisection bisection) {
        return GSON.toJson(bisection(bisection));
    }

    /** {@code same}, {@code sameBits}, {@code obstacles}, {@code closeness}, and the bisection. */
    public static String of(Verdict verdict) {
        var json = new JsonObject();
        json.addProperty("same", verdict.same());
        json.addProperty("sameBits", verdict.sameBits());
        json.add("obstacles", array(verdict.obstacles(), ReplayJson::difference));
        json.addProperty("tolerance", verdict.tolerance());
        var closeness = new JsonObject();
        closeness.addProperty("farthest", verdict.closeness().farthest());
        verdict.closeness().where().ifPresent(where -> closeness.addProperty("where", where));
        closeness.addProperty("unequal", verdict.closeness().unequal());
        closeness.addProperty("cells", verdict.closeness().cells());
        json.add("closeness", closeness);
        json.add("bisection", bisection(verdict.bisection()));
        return GSON.toJson(json);
    }

    private static JsonObject bisection(Bisection bisection) {
        var json = new JsonObject();
        json.addProperty("equal", bisection.findings().isEmpty());
        bisection.first().ifPresent(first -> json.add("first", finding(first)));
        json.add("findings", array(bisection.findings(), ReplayJson::finding));
        json.add("surroundings", array(bisection.surroundings(), ReplayJson::difference));
        var compared = new JsonObject();
        compared.addProperty("stages", bisection.compared().stages());
        compared.addProperty("steps", bisection.compared().steps());
        compared.addProperty("answers", bisection.compared().answers());
        var notes = new JsonArray();
        bisection.compared().notes().forEach(notes::add);
        compared.add("notes", notes);
        json.add("compared", compared);
        return json;
    }

    private static <T> JsonArray array(Collection<T> things, Function<T, JsonObject> object) {
        var array = new JsonArray();
        things.forEach(thing -> array.add(object.apply(thing)));
        return array;
    }

    private static JsonObject difference(Difference difference) {
        var json = new JsonObject();
        json.addProperty("group", difference.group().words());
        json.addProperty("key", difference.key());
        difference.a().ifPresent(value -> json.addProperty("a", value));
        difference.b().ifPresent(value -> json.addProperty("b", value));
        return json;
    }

    private static JsonObject finding(Finding finding) {
        var json = new JsonObject();
        json.addProperty("level", finding.level().words());
        if (finding.stage() != Finding.ALWAYS) {
            json.addProperty("stage", finding.stage());
        }
        json.addProperty("what", finding.what());
        json.addProperty("a", finding.a());
        json.addProperty("b", finding.b());
        return json;
    }
}
