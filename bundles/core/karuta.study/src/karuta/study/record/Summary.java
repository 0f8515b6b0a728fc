package karuta.study.record;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import karuta.files.WholeFile;

/**
 * A line of {@code summary.csv}, the metrics of all runs beside each other.
 *
 * @param arm its name
 * @param seed of the run
 * @param order name of the task order
 * @param metric id of the metric's definition
 * @param value in percent where the metric is made of scores
 */
public record Summary(String arm, long seed, String order, String metric, double value) {

    /** The name of the file. */
    public static final String FILE = "summary.csv";

    /**
     * Writes the file with the header {@code arm,seed,order,metric,value}.
     *
     * @param folder the one that the run folders lie in
     * @throws RecordException if that fails
     */
    public static void write(Path folder, List<Summary> lines) {
        var text = new StringBuilder(Csv.line(List.of("arm", "seed", "order", "metric", "value")));
        for (var line : lines) {
            text.append(Csv.line(
                    List.of(line.arm, Long.toString(line.seed), line.order, line.metric, Csv.number(line.value))));
        }
        var file = folder.resolve(FILE);
        try {
            WholeFile.ofOwner(file).write(text.toString());
        } catch (IOException e) {
            throw new RecordException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }
}
