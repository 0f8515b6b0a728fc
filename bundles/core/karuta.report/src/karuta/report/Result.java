package karuta.report;

import java.util.Optional;
import karuta.metrics.AccuracyMatrix;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;
import karuta.study.record.Entries;
import karuta.study.record.RecordException;
import karuta.study.record.RunFolder;

/**
 * What one run folder holds.
 *
 * @param folder where
 * @param run its record
 * @param matrix its scores; empty if the run ended before the first evaluation
 */
public record Result(RunFolder folder, Run run, Optional<AccuracyMatrix> matrix) {

    /** @throws RecordException if the record is damaged */
    static Result read(RunFolder folder) {
        var run = folder.read();
        try {
            return new Result(folder, run, Optional.ofNullable(run.getMatrix()).map(Result::matrix));
        } catch (IllegalArgumentException e) {
            throw new RecordException("the matrix in " + folder.path() + " is damaged: " + e.getMessage(), e);
        }
    }

    private static AccuracyMatrix matrix(ScoreMatrix scores) {
        var rows = scores.getRows().stream()
                .map(row -> new AccuracyMatrix.Row(row.getTrained(), row.getScores()))
                .toList();
        return new AccuracyMatrix(scores.getTasks(), rows);
    }

    /** Whether it came to its end and was evaluated. */
    public boolean finished() {
        return run.getStatus() == RunStatus.FINISHED && matrix.isPresent();
    }

    /** The name of its arm. */
    public String arm() {
        return run.getArm().getName();
    }

    /** The hash that the record keeps under a name; empty if it keeps none. */
    public Optional<String> fingerprint(String name) {
        return Entries.text(run.getFingerprints(), name);
    }

    /** The stage that was evaluated last; -1 if none was. */
    public int lastStage() {
        return matrix.map(scores -> scores.rows().size()).orElse(0) - 1;
    }
}
