package karuta.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;

/** Prints tables of random runs, as papers do. */
final class Printer {

    private final Path folder;
    final Random random;

    Printer(Path folder, long seed) {
        this.folder = folder;
        random = new Random(seed);
    }

    /** Scores in shares that are learned and forgotten; what comes before training is there, too. */
    AccuracyMatrix run(int tasks) {
        var rows = new ArrayList<List<Double>>();
        var now = IntStream.range(0, tasks)
                .mapToObj(task -> 0.3 * random.nextDouble())
                .toList();
        rows.add(now);
        for (var stage = 1; stage <= tasks; stage++) {
            var before = now;
            var learned = stage;
            now = IntStream.rangeClosed(1, tasks)
                    .mapToObj(task -> task == learned
                            ? 0.4 + 0.6 * random.nextDouble()
                            : Math.min(1, Math.max(0, before.get(task - 1) + 0.2 * random.nextDouble() - 0.13)))
                    .toList();
            rows.add(now);
        }
        return AccuracyMatrix.sequential(names(tasks), rows);
    }

    static List<String> names(int tasks) {
        return IntStream.rangeClosed(1, tasks).mapToObj(task -> "Task" + task).toList();
    }

    /** In percent. */
    static String percent(double share, int decimals, RoundingMode mode) {
        return BigDecimal.valueOf(100 * share).setScale(decimals, mode).toPlainString();
    }

    /** A figure in percent, with its sign turned or not. */
    static String figure(Metric metric, boolean turned, AccuracyMatrix run, int decimals, RoundingMode mode) {
        return percent((turned ? -1 : 1) * metric.of(run).orElseThrow(), decimals, mode);
    }

    /** Rows of a method: the matrix up to each stage. */
    static List<List<String>> matrix(String method, AccuracyMatrix run, int decimals, RoundingMode mode) {
        return IntStream.rangeClosed(1, run.size())
                .mapToObj(stage -> {
                    var row = new ArrayList<String>();
                    row.add(method);
                    row.add(Integer.toString(stage));
                    for (var task = 1; task <= run.size(); task++) {
                        row.add(task <= stage ? percent(run.at(stage, task), decimals, mode) : "");
                    }
                    return List.copyOf(row);
                })
                .toList();
    }

    Findings audit(List<List<String>> rows) {
        return audit(rows, Optional.empty());
    }

    Findings audit(List<List<String>> rows, Optional<Integer> tasks) {
        return Audit.of(table(text(rows), tasks, Map.of()));
    }

    static String text(List<List<String>> rows) {
        return rows.stream().map(row -> String.join(",", row)).collect(Collectors.joining("\n"));
    }

    Table table(String text, Optional<Integer> tasks, Map<String, String> meanings) {
        var file = folder.resolve("table.csv");
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Table.read(file, tasks, meanings);
    }
}
