package karuta.doctor;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import karuta.doctor.advice.Advice;
import karuta.doctor.advice.AdviceJson;

/** A report for scripts. */
public final class DataReportJson {

    private DataReportJson() {}

    /**
     * All of it, as an object over several lines.
     *
     * @param advice on the tasks; none if none was asked for
     */
    public static String of(DataReport report, Optional<Advice> advice) {
        var object = new JsonObject();
        object.addProperty("data", report.title());
        object.addProperty("faulty", report.isFaulty());
        object.addProperty("decoded", report.decoded());
        object.add("tasks", array(report.tasks(), DataReportJson::task));
        object.add("found", array(report.groups(), DataReportJson::group));
        object.add("licences", array(report.sources(), source -> {
            var licence = new JsonObject();
            licence.addProperty("data", source.name());
            licence.addProperty("licence", source.licence());
            return licence;
        }));
        advice.ifPresent(given -> object.add("advice", AdviceJson.of(given)));
        return new GsonBuilder()
                .setPrettyPrinting()
                .disableHtmlEscaping()
                .create()
                .toJson(object);
    }

    private static JsonObject task(DataReport.TaskReport task) {
        var object = new JsonObject();
        object.addProperty("task", task.name());
        object.add("files", array(task.files(), DataReportJson::file));
        object.add("train", split(task.train()));
        object.add("test", split(task.test()));
        return object;
    }

    private static JsonObject file(DataReport.FileReport file) {
        var object = new JsonObject();
        object.addProperty("role", file.role());
        object.addProperty("file", file.file().toString());
        object.addProperty("bytes", file.bytes());
        object.addProperty("sha256", file.sha256());
        file.about().ifPresent(about -> object.addProperty("about", about));
        return object;
    }

    private static JsonObject split(DataReport.SplitReport split) {
        var object = new JsonObject();
        object.addProperty("samples", split.samples());
        split.published().ifPresent(published -> object.addProperty("published", published));
        object.addProperty("images", split.images());
        object.add("answers", answers(split.answers()));
        return object;
    }

    private static JsonObject answers(DataReport.Answers answers) {
        var object = new JsonObject();
        object.addProperty("count", answers.count());
        object.addProperty("distinct", answers.distinct());
        object.addProperty("majority", answers.majority());
        object.addProperty("share", answers.share());
        object.addProperty("words", answers.words());
        object.addProperty("longest", answers.longest());
        object.add("common", array(answers.common(), answer -> {
            var common = new JsonObject();
            common.addProperty("answer", answer.answer());
            common.addProperty("count", answer.count());
            return common;
        }));
        return object;
    }

    private static JsonObject group(DataReport.Group group) {
        var object = new JsonObject();
        object.addProperty("kind", group.kind().name().toLowerCase(Locale.ROOT));
        object.addProperty("what", group.kind().title());
        object.addProperty("fault", group.kind().isFault());
        object.addProperty("count", group.count());
        object.add("first", array(group.findings(), finding -> {
            var found = new JsonObject();
            found.addProperty("task", finding.task());
            found.addProperty("what", finding.what());
            return found;
        }));
        return object;
    }

    private static <T> JsonArray array(List<T> list, Function<T, JsonElement> form) {
        var array = new JsonArray();
        list.forEach(each -> array.add(form.apply(each)));
        return array;
    }
}
