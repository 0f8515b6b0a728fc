package karuta.study.record;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A row of a trace as one line of JSON; numbers have as many digits as it takes to read the same bits again. */
final class TraceJson {

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private TraceJson() {}

    static String write(TraceRow row) {
        var json = new JsonObject();
        json.addProperty("stage", row.stage());
        if (row instanceof TraceRow.Begin begin) {
            phase(json, begin.phase());
            json.addProperty("weights", begin.weights());
            json.addProperty("numbers", begin.numbers());
        } else if (row instanceof TraceRow.Step step) {
            phase(json, step.phase());
            json.addProperty("step", step.step());
            json.addProperty("batch", step.batch());
            var losses = new JsonObject();
            new TreeMap<>(step.losses()).forEach(losses::addProperty);
            json.add("losses", losses);
            json.addProperty("gradient", step.gradient());
            json.addProperty("rate", step.rate());
        } else if (row instanceof TraceRow.Defaults defaults) {
            var values = new JsonObject();
            new TreeMap<>(defaults.values()).forEach(values::addProperty);
            json.add("defaults", values);
        } else {
            json.addProperty("state", ((TraceRow.End) row).state());
        }
        return GSON.toJson(json);
    }

    private static void phase(JsonObject json, String phase) {
        if (!phase.isEmpty()) {
            json.addProperty("phase", phase);
        }
    }

    /** @throws JsonParseException if the line is no row of a trace */
    static TraceRow read(String line) {
        try {
            var json = JsonParser.parseString(line).getAsJsonObject();
            var stage = need(json, "stage").getAsInt();
            var phase = Optional.ofNullable(json.get("phase"))
                    .map(JsonElement::getAsString)
                    .orElse("");
            if (json.has("defaults")) {
                var values = new LinkedHashMap<String, String>();
                need(json, "defaults")
                        .getAsJsonObject()
                        .entrySet()
                        .forEach(each ->
                                values.put(each.getKey(), each.getValue().getAsString()));
                return new TraceRow.Defaults(values);
            }
            if (json.has("state")) {
                return new TraceRow.End(stage, need(json, "state").getAsString());
            }
            if (json.has("weights")) {
                return new TraceRow.Begin(
                        stage,
                        phase,
                        need(json, "weights").getAsString(),
                        need(json, "numbers").getAsLong());
            }
            return new TraceRow.Step(
                    stage,
                    phase,
                    need(json, "step").getAsInt(),
                    need(json, "batch").getAsString(),
                    losses(need(json, "losses").getAsJsonObject()),
                    need(json, "gradient").getAsDouble(),
                    need(json, "rate").getAsDouble());
        } catch (IllegalStateException | NumberFormatException | UnsupportedOperationException e) {
            throw new JsonParseException("it is no row of a trace: " + e.getMessage(), e);
        }
    }

    private static Map<String, Float> losses(JsonObject json) {
        var losses = new LinkedHashMap<String, Float>();
        json.entrySet()
                .forEach(term -> losses.put(term.getKey(), term.getValue().getAsFloat()));
        return losses;
    }

    private static JsonElement need(JsonObject json, String name) {
        return Optional.ofNullable(json.get(name))
                .orElseThrow(() -> new JsonParseException("\"" + name + "\" is missing"));
    }
}
