package karuta.engine.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;
import karuta.study.record.Summary;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The runs of a study whose folders lie in a folder. */
final class RunHistory {

    private static final Logger log = LoggerFactory.getLogger(RunHistory.class);

    private final Path out;
    private final List<Run> runs = new ArrayList<>();

    /** Reads all records of a study; damaged ones are left out. */
    RunHistory(Path out, String study) {
        this.out = out;
        folders().forEach(folder -> {
            try {
                Optional.of(folder.read())
                        .filter(run -> run.getStudy().equals(study))
                        .ifPresent(runs::add);
            } catch (RecordException damaged) {
                log.warn("left out: {}", damaged.getMessage());
            }
        });
    }

    private List<RunFolder> folders() {
        try {
            return Files.isDirectory(out) ? RunFolder.find(out) : List.of();
        } catch (RecordException none) {
            log.debug("no runs", none);
            return List.of();
        }
    }

    /** Writes the default metrics of all finished runs; of equal arm, order and seed the one that began last. */
    void summarise() {
        var newest = new TreeMap<Cell, Run>();
        runs.stream()
                .filter(run -> run.getStatus() == RunStatus.FINISHED)
                .sorted(Comparator.comparing(Run::getStarted))
                .forEach(run -> newest.put(new Cell(run.getArm().getName(), run.getOrder(), run.getSeed()), run));
        Summary.write(
                out,
                newest.values().stream().flatMap(run -> lines(run).stream()).toList());
    }

    private record Cell(String arm, String order, long seed) implements Comparable<Cell> {

        private static final Comparator<Cell> ORDER =
                Comparator.comparing(Cell::arm).thenComparing(Cell::order).thenComparing(Cell::seed);

        @Override
        public int compareTo(Cell other) {
            return ORDER.compare(this, other);
        }
    }

    private static List<Summary> lines(Run run) {
        var matrix = matrix(run.getMatrix());
        return Metric.defaults().stream()
                .flatMap(metric -> percent(metric.of(matrix)).stream()
                        .mapToObj(value ->
                                new Summary(run.getArm().getName(), run.getSeed(), run.getOrder(), metric.id(), value)))
                .toList();
    }

    private static OptionalDouble percent(OptionalDouble share) {
        return share.isPresent() ? OptionalDouble.of(100 * share.getAsDouble()) : share;
    }

    private static AccuracyMatrix matrix(ScoreMatrix matrix) {
        var rows = matrix.getRows().stream()
                .map(row -> new AccuracyMatrix.Row(row.getTrained(), row.getScores()))
                .toList();
        return new AccuracyMatrix(matrix.getTasks(), rows);
    }
}
