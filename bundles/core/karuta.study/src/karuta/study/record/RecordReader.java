package karuta.study.record;

import static karuta.study.record.RunFileNames.CSV;
import static karuta.study.record.RunFileNames.MATRIX;
import static karuta.study.record.RunFileNames.PREDICTIONS;
import static karuta.study.record.RunFileNames.RUN;
import static karuta.study.record.RunFileNames.STUDY;
import static karuta.study.record.RunFileNames.TRACE;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.files.Seal;
import karuta.study.FileHash;
import karuta.study.KarutaPackage;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;

/**
 * Reads the record of a run and what it lists, and lets nothing pass that is not as it was written.
 *
 * @param path the run's folder
 */
record RecordReader(Path path) {

    /** The record's own, not that of a file or part in it: those stand further in. */
    static final Seal SEAL = new Seal("\n  \"sha256\": \"");

    /** The record alone. */
    Run record() {
        return files().text(RUN, bytes -> {
            var run = ModelJson.read(RunFiles.decoded(bytes), KarutaPackage.Literals.RUN, Run.class);
            if (run.getSha256() != null && !SEAL.holds(bytes)) {
                throw new JsonParseException("its SHA-256 is not the one that it says");
            }
            if (run.getSha256() == null && !run.getFiles().isEmpty()) {
                throw new JsonParseException("it lists files, but lacks its own SHA-256");
            }
            return run;
        });
    }

    /** The record, with the matrix if there is one; everything that it lists but the checkpoints is checked. */
    Run run() {
        var run = record();
        if (!ListedFiles.isSealed(run)) {
            if (Files.exists(path.resolve(MATRIX))) {
                run.setMatrix(files().text(MATRIX, bytes -> {
                    var matrix = parse(RunFiles.decoded(bytes));
                    MatrixCheck.check(matrix, run);
                    return matrix;
                }));
            }
            return run;
        }
        RunFiles.of(run, STUDY).ifPresent(listed -> files().check(run, listed));
        RunFiles.of(run, MATRIX).ifPresent(listed -> run.setMatrix(matrix(run, listed)));
        RunFiles.of(run, PREDICTIONS).ifPresent(listed -> files().check(run, listed));
        checkTrace(run);
        return run;
    }

    /** That of a broken run may have been cut, and somebody may have taken it away: no score depends on it. */
    private void checkTrace(Run run) {
        if (run.getStatus() == RunStatus.FINISHED && Files.exists(path.resolve(TRACE))) {
            RunFiles.of(run, TRACE).ifPresent(listed -> files().check(run, listed));
        }
    }

    private ScoreMatrix matrix(Run run, FileHash listed) {
        var matrix = files().text(MATRIX, bytes -> {
            var text = RunFiles.decoded(bytes);
            var read = parse(text);
            var ahead = MatrixCheck.check(read, run);
            if (!RunFiles.is(listed, ahead ? ModelJson.write(read) : text)) {
                throw new JsonParseException("its SHA-256 is not the one that " + RUN + " says");
            }
            return read;
        });
        if (Files.exists(path.resolve(CSV))) {
            files().text(CSV, bytes -> demandCsv(RunFiles.decoded(bytes), MatrixCsv.of(matrix), run));
        }
        return matrix;
    }

    private static boolean demandCsv(String found, String expected, Run run) {
        var ahead = run.getStatus() != RunStatus.FINISHED && found.startsWith(expected);
        if (!ahead && !found.equals(expected)) {
            throw new JsonParseException("it is not the table of " + MATRIX);
        }
        return true;
    }

    private static ScoreMatrix parse(String text) {
        return ModelJson.read(text, KarutaPackage.Literals.SCORE_MATRIX, ScoreMatrix.class);
    }

    /** All rows; none if there is no trace. */
    List<TraceRow> trace(Run run) {
        var file = path.resolve(TRACE);
        checkTrace(run);
        try {
            return Files.exists(file) ? Trace.read(file, run.getStatus() == RunStatus.FINISHED) : List.of();
        } catch (IOException e) {
            throw new RecordException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    private RunFiles files() {
        return new RunFiles(path);
    }
}
