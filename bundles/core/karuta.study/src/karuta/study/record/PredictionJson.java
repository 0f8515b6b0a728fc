package karuta.study.record;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.util.List;
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
        prediction.image().ifPresent(path -> json.addProperty("image", path));
        json.addProperty("prompt", prediction.prompt());
        json.addProperty("text", prediction.text());
        if (!prediction.parsed().equals(prediction.text())) {
            json.addProperty("parsed", prediction.parsed());
        }
        json.add("answer", answer(prediction.answers()));
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

    /** One text, or a list where there are several, as data has it. */
    private static JsonElement answer(List<String> answers) {
        if (answers.size() == 1) {
            return new JsonPrimitive(answers.get(0));
        }
        var list = new JsonArray();
        answers.forEach(list::add);
        return list;
    }

    private static List<String> answers(JsonElement answer) {
        return answer.isJsonArray()
                ? answer.getAsJsonArray().asList().stream()
                        .map(JsonElement::getAsString)
                        .toList()
                : List.of(answer.getAsString());
    }

    /** @throws JsonParseException if the line is no prediction */
    static Prediction read(String line) {
        try {
            var json = JsonParser.parseString(line).getAsJsonObject();
            var selected = need(json, "selected").getAsJsonArray().asList().stream()
                    .map(entry -> selected(entry.getAsJsonObject()))
                    .toList();
            var text = need(json, "text").getAsString();
            return new Prediction(
                    need(json, "stage").getAsInt(),
                    need(json, "task").getAsString(),
                    need(json, "id").getAsString(),
                    Optional.ofNullable(json.get("image")).map(JsonElement::getAsString),
                    need(json, "prompt").getAsString(),
                    text,
                    Optional.ofNullable(json.get("parsed"))
                            .map(JsonElement::getAsString)
                            .orElse(text),
                    answers(need(json, "answer")),
                    score(need(json, "score").getAsDouble()),
                    selected);
        } catch (IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw new JsonParseException("it is no prediction: " + e.getMessage(), e);
        }
    }

    private static double score(double score) {
        if (score >= 0 && score <= MatrixCheck.LARGEST) {
            return score;
        }
        throw new JsonParseException("the score " + score + " does not lie between 0 and " + MatrixCheck.LARGEST);
    }

    private static Prediction.Selected selected(JsonObject json) {
        var task = Optional.ofNullable(json.get("task"));
        var score = Optional.ofNullable(json.get("score"));
        return new Prediction.Selected(
                need(json, "card").getAsString(),
                task.map(JsonElement::getAsString),
                score.map(e -> OptionalDouble.of(e.getAsDouble())).orElse(OptionalDouble.empty()));
    }

    private static JsonElement need(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name))
                .orElseThrow(() -> new JsonParseException("\"" + name + "\" is missing"));
    }
}
