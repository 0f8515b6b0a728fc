package karuta.intake;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.util.Locale;

/** A report for scripts. */
public final class IntakeReportJson {

    private static final Gson JSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private IntakeReportJson() {}

    /** All of it, as an object over several lines. */
    public static String of(IntakeReport report) {
        var object = new JsonObject();
        object.add("tasks", JSON.toJsonTree(report.tasks()));
        var left = JSON.toJsonTree(report.left()).getAsJsonArray();
        for (var i = 0; i < left.size(); i++) {
            var reason = report.left().get(i).reason().name().toLowerCase(Locale.ROOT);
            left.get(i).getAsJsonObject().addProperty("reason", reason);
        }
        object.add("leftOut", left);
        object.add("notes", JSON.toJsonTree(report.notes()));
        return JSON.toJson(object);
    }
}
