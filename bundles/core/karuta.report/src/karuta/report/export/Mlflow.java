package karuta.report.export;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import karuta.metrics.Metric;
import karuta.report.Comparison;
import karuta.report.Result;

/**
 * Runs in an MLflow tracking server, by its REST interface (mlflow.org, "REST API", version 2.0): an experiment per study, a run
 * per run, which is known by the hash of its record and so is there once, however often it is sent.
 */
public final class Mlflow {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST = 1000;
    private static final String TAG = "karuta.record";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI server;

    /** @param server such as {@code http://127.0.0.1:5000} */
    public Mlflow(URI server) {
        this.server = server;
    }

    /**
     * Sends all runs that have scores, but for those that are there.
     *
     * @return how many were sent
     * @throws IOException if the server cannot be reached or refuses something
     */
    public int send(List<Comparison> comparisons) throws IOException {
        var sent = 0;
        for (var comparison : comparisons) {
            var experiment = experiment(comparison.study());
            for (var result : comparison.results()) {
                if (result.matrix().isPresent() && !known(experiment, record(result))) {
                    send(experiment, result);
                    sent++;
                }
            }
        }
        return sent;
    }

    /** A record of an older version has no hash; its folder's name must do. */
    private static String record(Result result) {
        return Optional.ofNullable(result.run().getSha256())
                .orElseGet(() -> result.folder().path().getFileName().toString());
    }

    private String experiment(String study) throws IOException {
        var name = URLEncoder.encode(study, StandardCharsets.UTF_8);
        var there = ask(HttpRequest.newBuilder(at("experiments/get-by-name?experiment_name=" + name))
                .GET());
        if (there.isPresent()) {
            return there.get()
                    .getAsJsonObject("experiment")
                    .get("experiment_id")
                    .getAsString();
        }
        var body = new JsonObject();
        body.addProperty("name", study);
        return post("experiments/create", body).get("experiment_id").getAsString();
    }

    private boolean known(String experiment, String record) throws IOException {
        var body = new JsonObject();
        var experiments = new JsonArray();
        experiments.add(experiment);
        body.add("experiment_ids", experiments);
        body.addProperty("filter", "tags.`" + TAG + "` = '" + record.replaceAll("[^A-Za-z0-9._-]", "_") + "'");
        body.addProperty("max_results", 1);
        return post("runs/search", body).has("runs");
    }

    private void send(String experiment, Result result) throws IOException {
        var run = result.run();
        var began = Instant.parse(run.getStarted()).toEpochMilli();
        var ended = began + Math.round(1000 * run.getSeconds());
        var create = new JsonObject();
        create.addProperty("experiment_id", experiment);
        create.addProperty("run_name", result.folder().path().getFileName().toString());
        create.addProperty("start_time", began);
        var id = post("runs/create", create)
                .getAsJsonObject("run")
                .getAsJsonObject("info")
                .get("run_id")
                .getAsString();
        var batch = new JsonObject();
        batch.addProperty("run_id", id);
        batch.add("params", params(result));
        batch.add("tags", pair(TAG, record(result).replaceAll("[^A-Za-z0-9._-]", "_")));
        post("runs/log-batch", batch);
        var all = metrics(result, ended);
        for (var from = 0; from < all.size(); from += MOST) {
            var part = new JsonArray();
            for (var i = from; i < Math.min(all.size(), from + MOST); i++) {
                part.add(all.get(i));
            }
            var metrics = new JsonObject();
            metrics.addProperty("run_id", id);
            metrics.add("metrics", part);
            post("runs/log-batch", metrics);
        }
        var end = new JsonObject();
        end.addProperty("run_id", id);
        end.addProperty("status", result.finished() ? "FINISHED" : "KILLED");
        end.addProperty("end_time", ended);
        post("runs/update", end);
    }

    private static JsonArray params(Result result) {
        var run = result.run();
        var params = pair("arm", result.arm());
        params.addAll(pair("seed", Long.toString(run.getSeed())));
        params.addAll(pair("order", run.getOrder()));
        params.addAll(pair("tasks", String.join(" ", run.getTasks())));
        params.addAll(pair("analysis", Boolean.toString(run.getArm().isAnalysis())));
        params.addAll(pair(
                "backbone",
                Optional.ofNullable(run.getBackbone()).map(b -> b.getId()).orElse("")));
        return params;
    }

    private static JsonArray pair(String key, String value) {
        var pair = new JsonObject();
        pair.addProperty("key", key);
        pair.addProperty("value", value);
        var array = new JsonArray();
        array.add(pair);
        return array;
    }

    private static JsonArray metrics(Result result, long time) {
        var metrics = new JsonArray();
        var matrix = result.run().getMatrix();
        for (var row : matrix.getRows()) {
            for (var i = 0; i < row.getScores().size(); i++) {
                add(
                        metrics,
                        "score/" + matrix.getTasks().get(i),
                        row.getScores().get(i),
                        row.getStage(),
                        time);
            }
        }
        for (var stage : result.run().getStages()) {
            stage.getLosses()
                    .forEach(loss -> add(metrics, "loss/" + loss.getName(), loss.getValue(), stage.getNumber(), time));
            add(metrics, "cost/stored", stage.getStored(), stage.getNumber(), time);
        }
        for (var metric : Metric.values()) {
            metric.of(result.matrix().orElseThrow())
                    .ifPresent(value -> add(metrics, "metric/" + metric.id(), value, result.lastStage(), time));
        }
        return metrics;
    }

    /** Names there may have letters, digits, and {@code _ - . space : /}. */
    private static void add(JsonArray metrics, String name, double value, int step, long time) {
        if (Double.isFinite(value)) {
            var metric = new JsonObject();
            metric.addProperty("key", name.replace("+", "-positive").replaceAll("[^A-Za-z0-9_./: -]", "_"));
            metric.addProperty("value", value);
            metric.addProperty("step", step);
            metric.addProperty("timestamp", time);
            metrics.add(metric);
        }
    }

    private URI at(String path) {
        return URI.create(server.toString().replaceAll("/+$", "") + "/api/2.0/mlflow/" + path);
    }

    private JsonObject post(String path, JsonObject body) throws IOException {
        var request = HttpRequest.newBuilder(at(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()));
        return ask(request).orElseThrow(() -> new IOException(server + " does not know " + path));
    }

    /** Empty if the server knows no such thing. */
    private Optional<JsonObject> ask(HttpRequest.Builder request) throws IOException {
        try {
            var response = client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
            if (response.statusCode() == 404) {
                return Optional.empty();
            }
            if (response.statusCode() != 200) {
                throw new IOException(server + " answers " + response.statusCode() + ": " + response.body());
            }
            return Optional.of(JsonParser.parseString(response.body()).getAsJsonObject());
        } catch (ConnectException absent) {
            throw new IOException(server + " cannot be reached", absent);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw new IOException("ended while " + server + " was asked", ended);
        } catch (JsonParseException | IllegalStateException strange) {
            throw new IOException(server + " is no MLflow server: " + strange.getMessage(), strange);
        }
    }
}
