package karuta.replay;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.engine.run.Defaults;
import karuta.study.Run;
import karuta.study.record.Prediction;
import karuta.study.record.RunFolder;
import karuta.study.record.TraceRow;

/**
 * A run as it lies in its folder, read and checked.
 *
 * @param folder where
 * @param run its record with the matrix
 * @param facts what the record says
 * @param defaults what held where the study said nothing, by place; none in runs of older versions
 * @param trace what happened in it; empty in runs of older versions
 */
record KeptRun(RunFolder folder, Run run, Facts facts, Map<String, String> defaults, List<TraceRow> trace) {

    /**
     * Reads the run in a folder.
     *
     * @throws KarutaException if there is no run, or more than one
     * @throws karuta.study.record.RecordException if it cannot be read or is damaged
     */
    static KeptRun read(Path path) {
        var found = RunFolder.find(path);
        if (found.size() != 1) {
            throw new KarutaException(
                    path + " holds " + found.size() + " runs.",
                    "Name the folder of one, such as " + found.get(0).path() + ".");
        }
        var folder = found.get(0);
        var run = folder.read();
        var rows = folder.readTrace(run);
        var defaults = defaults(run, rows);
        var trace =
                rows.stream().filter(row -> !(row instanceof TraceRow.Defaults)).toList();
        return new KeptRun(folder, run, Facts.of(run, defaults), defaults, trace);
    }

    /** Before the record had all settings, the trace had those that the study leaves out. */
    private static Map<String, String> defaults(Run run, List<TraceRow> rows) {
        return rows.stream()
                .filter(TraceRow.Defaults.class::isInstance)
                .map(row -> ((TraceRow.Defaults) row).values())
                .findFirst()
                .orElseGet(() -> Defaults.of(run));
    }

    /** What happened in a stage. */
    List<TraceRow> trace(int stage) {
        return trace.stream().filter(row -> row.stage() == stage).toList();
    }

    /** What was answered, by stage, as far as the record counts. */
    Map<Integer, List<Prediction>> predictions() {
        var stages = new TreeMap<Integer, List<Prediction>>();
        folder.forEachPrediction(prediction -> {
            if (prediction.stage() <= stages()) {
                stages.computeIfAbsent(prediction.stage(), stage -> new ArrayList<>())
                        .add(prediction);
            }
        });
        return stages;
    }

    /** How many stages are complete. */
    int stages() {
        return run.getStages().size();
    }
}
