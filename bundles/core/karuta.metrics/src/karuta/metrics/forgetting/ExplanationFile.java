package karuta.metrics.forgetting;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import karuta.files.Seal;
import karuta.metrics.forgetting.Explanation.OldTask;
import karuta.metrics.forgetting.Explanation.Prompts;
import karuta.metrics.forgetting.ForgettingParts.Scores;

/** What a file in a run's folder says of why the run has forgotten. */
public final class ExplanationFile {

    private static final Gson JSON = new GsonBuilder()
            .setPrettyPrinting()
            .disableHtmlEscaping()
            .serializeSpecialFloatingPointValues()
            .create();
    private static final Seal SEAL = new Seal("\"sha256\": \"");
    private static final String ANSWERS = "answers";

    private ExplanationFile() {}

    /**
     * The text of a file, with its own SHA-256.
     *
     * @param answers SHA-256 of the answers that are explained
     */
    public static String write(String answers, Explanation explanation) {
        var json = JSON.toJsonTree(fields(explanation)).getAsJsonObject();
        json.addProperty(ANSWERS, answers);
        json.addProperty("sha256", Seal.BLANK);
        return SEAL.seal(JSON.toJson(json) + "\n");
    }

    /**
     * Reads a file.
     *
     * @param answers SHA-256 of those that the run has given
     * @return empty if other answers are explained in it: the run has changed since
     * @throws JsonParseException if it is no such file, or not as it was written
     */
    public static Optional<Explanation> read(String text, String answers) {
        try {
            var json = JsonParser.parseString(text).getAsJsonObject();
            if (!SEAL.holds(text.getBytes(StandardCharsets.UTF_8))) {
                throw new JsonParseException("it has changed since it was written");
            }
            return need(json, ANSWERS).getAsString().equals(answers)
                    ? Optional.of(explanation(json))
                    : Optional.empty();
        } catch (IllegalStateException | IllegalArgumentException | UnsupportedOperationException e) {
            throw new JsonParseException("it is no explanation: " + e.getMessage(), e);
        }
    }

    /** What is told to scripts: scores as the rules have them, and what forgetting is made of. */
    public static Map<String, Object> fields(Explanation explanation) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("arm", explanation.arm());
        fields.put("seed", explanation.seed());
        fields.put("order", explanation.order());
        fields.put("routing", explanation.routing() ? "defined" : "undefined");
        fields.put("prompts", explanation.prompts().name().toLowerCase(Locale.ROOT));
        fields.put("checked", explanation.checked());
        fields.put(
                "tasks",
                explanation.tasks().stream()
                        .map(task -> fields(explanation, task))
                        .toList());
        return fields;
    }

    private static Map<String, Object> fields(Explanation explanation, OldTask task) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("task", task.task());
        fields.put("learned", task.scores().learned());
        fields.put("now", task.scores().actual());
        fields.put("right_cards", task.scores().rightCards());
        fields.put("old_prompts", task.scores().oldPrompts());
        fields.put("both", task.scores().both());
        fields.put("forgotten", task.parts().total());
        if (explanation.routing()) {
            fields.put("routing", task.parts().routing());
        }
        if (explanation.drift()) {
            fields.put("drift", task.parts().drift());
        }
        fields.put("interference", task.parts().interference());
        task.form().ifPresent(form -> fields.put("form", form));
        task.content().ifPresent(content -> fields.put("content", content));
        task.before().ifPresent(then -> fields.put("lacked_when_learned", losses(then)));
        task.after().ifPresent(now -> fields.put("lacks_now", losses(now)));
        return fields;
    }

    private static Map<String, Double> losses(AnswerLosses losses) {
        var fields = new LinkedHashMap<String, Double>();
        fields.put("form", losses.form());
        fields.put("content", losses.content());
        return fields;
    }

    private static Explanation explanation(JsonObject json) {
        List<OldTask> tasks = new ArrayList<>();
        need(json, "tasks").getAsJsonArray().forEach(task -> tasks.add(task(task.getAsJsonObject())));
        return new Explanation(
                need(json, "arm").getAsString(),
                need(json, "seed").getAsLong(),
                need(json, "order").getAsString(),
                need(json, "routing").getAsString().equals("defined"),
                Prompts.valueOf(need(json, "prompts").getAsString().toUpperCase(Locale.ROOT)),
                need(json, "checked").getAsInt(),
                tasks);
    }

    private static OldTask task(JsonObject json) {
        return new OldTask(
                need(json, "task").getAsString(),
                new Scores(
                        need(json, "learned").getAsDouble(),
                        need(json, "now").getAsDouble(),
                        need(json, "right_cards").getAsDouble(),
                        need(json, "old_prompts").getAsDouble(),
                        need(json, "both").getAsDouble()),
                losses(json, "lacked_when_learned"),
                losses(json, "lacks_now"));
    }

    private static Optional<AnswerLosses> losses(JsonObject json, String name) {
        return Optional.ofNullable(json.getAsJsonObject(name))
                .map(found -> new AnswerLosses(
                        need(found, "form").getAsDouble(),
                        need(found, "content").getAsDouble()));
    }

    private static JsonElement need(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name))
                .orElseThrow(() -> new JsonParseException("\"" + name + "\" is missing"));
    }
}
