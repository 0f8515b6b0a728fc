package karuta.report.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.metrics.Metric;
import karuta.report.Comparison;
import karuta.report.Result;
import karuta.study.record.Csv;

/** All numbers of all runs as tables with a value per line, as other programs like them: nothing is rounded. */
public final class CsvTables {

    private static final List<String> RUN = List.of("study", "arm", "analysis", "order", "seed", "status");

    private CsvTables() {}

    /**
     * Writes {@code metrics.csv}, {@code scores.csv} (stage 0 is before training) and {@code stages.csv}.
     *
     * @param folder made if missing
     * @return what was written
     */
    public static List<Path> write(List<Comparison> comparisons, Path folder) throws IOException {
        var tables = new LinkedHashMap<String, StringBuilder>();
        head(tables, "metrics.csv", "metric", "value");
        head(tables, "scores.csv", "stage", "task", "watched", "scorer", "score");
        head(
                tables,
                "stages.csv",
                "stage",
                "tasks",
                "steps",
                "samples",
                "seconds",
                "evaluation_seconds",
                "trained",
                "stored",
                "stored_samples",
                "stored_bytes");
        comparisons.stream()
                .flatMap(comparison -> comparison.results().stream())
                .filter(result -> result.matrix().isPresent())
                .forEach(result -> {
                    metrics(result, tables.get("metrics.csv"));
                    scores(result, tables.get("scores.csv"));
                    stages(result, tables.get("stages.csv"));
                });
        Files.createDirectories(folder);
        var written = new ArrayList<Path>();
        for (var table : tables.entrySet()) {
            written.add(Files.writeString(folder.resolve(table.getKey()), table.getValue()));
        }
        return written;
    }

    private static void head(Map<String, StringBuilder> tables, String name, String... columns) {
        tables.put(
                name,
                new StringBuilder(
                        Csv.line(Stream.concat(RUN.stream(), Stream.of(columns)).toList())));
    }

    private static void line(Result result, StringBuilder table, Object... values) {
        var run = result.run();
        table.append(Csv.line(Stream.concat(
                        Stream.of(
                                run.getStudy(),
                                result.arm(),
                                run.getArm().isAnalysis(),
                                run.getOrder(),
                                run.getSeed(),
                                run.getStatus()),
                        Stream.of(values))
                .map(String::valueOf)
                .toList()));
    }

    private static void metrics(Result result, StringBuilder table) {
        for (var metric : Metric.values()) {
            metric.of(result.matrix().orElseThrow()).ifPresent(value -> line(result, table, metric.id(), value));
        }
    }

    private static void scores(Result result, StringBuilder table) {
        var matrix = result.run().getMatrix();
        var scorers = matrix.getScorers();
        for (var row : matrix.getRows()) {
            for (var i = 0; i < row.getScores().size(); i++) {
                var scorer = scorers.isEmpty() ? "" : scorers.get(i);
                line(
                        result,
                        table,
                        row.getStage(),
                        matrix.getTasks().get(i),
                        false,
                        scorer,
                        row.getScores().get(i));
            }
            for (var i = 0; i < row.getWatched().size(); i++) {
                var scorer =
                        scorers.isEmpty() ? "" : scorers.get(matrix.getTasks().size() + i);
                line(
                        result,
                        table,
                        row.getStage(),
                        matrix.getWatched().get(i),
                        true,
                        scorer,
                        row.getWatched().get(i));
            }
        }
    }

    private static void stages(Result result, StringBuilder table) {
        for (var stage : result.run().getStages()) {
            line(
                    result,
                    table,
                    stage.getNumber(),
                    String.join(" ", stage.getTasks()),
                    stage.getSteps(),
                    stage.getSamples(),
                    stage.getSeconds(),
                    stage.getEvaluationSeconds(),
                    stage.getTrained(),
                    stage.getStored(),
                    stage.getStoredSamples(),
                    stage.getStoredBytes());
        }
    }
}
