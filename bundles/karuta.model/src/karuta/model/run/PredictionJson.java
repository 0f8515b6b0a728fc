package karuta.model.run;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.Optional;
import java.util.OptionalDouble;

/** A prediction as one line of JSON. */
final class PredictionJson {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private PredictionJson() {}

    static String write(Prediction prediction) {
        var json = new JsonObject();
        json.addProperty("stage", prediction.stage());
        json.addProperty("task", prediction.task());
        json.addProperty("id", prediction.id());
        json.addProperty("prompt", prediction.prompt());
        json.addProperty("text", prediction.text());
        json.addProperty("answer", prediction.answer());
        json.addProperty("score", prediction.score());
        var selected = new JsonArray();
        for (var card : prediction.selected()) {
            var entry = new JsonObject();
            entry.addProperty("card", card.card());
            card.task().ifPresent(task -> entry.addProperty("task", task));
            card.score().stream().filter(Double::isFinite).forEach(score -> entry.addProperty("score", score));
            selected.add(entry);
        }
        json.add("selected", selected);
        return GSON.toJson(json);
    }

    /** @throws JsonParseException if the line is no prediction */
    static Prediction read(String line) {
        try {
            var json = JsonParser.parseString(line).getAsJsonObject();
            var selected = json.getAsJsonArray("selected").asList().stream()
                    .map(entry -> selected(entry.getAsJsonObject()))
                    .toList();
            return new Prediction(
                    json.get("stage").getAsInt(),
                    json.get("task").getAsString(),
                    json.get("id").getAsString(),
                    json.get("prompt").getAsString(),
                    json.get("text").getAsString(),
                    json.get("answer").getAsString(),
                    json.get("score").getAsDouble(),
                    selected);
        } catch (IllegalStateException | NullPointerException | NumberFormatException | ClassCastException e) {
            throw new JsonParseException("it is no prediction", e);
        }
    }

    private static Prediction.Selected selected(JsonObject json) {
        var task = Optional.ofNullable(json.get("task"));
        var score = Optional.ofNullable(json.get("score"));
        return new Prediction.Selected(
                json.get("card").getAsString(),
                task.map(e -> e.getAsString()),
                score.map(e -> OptionalDouble.of(e.getAsDouble())).orElse(OptionalDouble.empty()));
    }
}
