package karuta.study.record;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.files.Access;
import karuta.files.Seal;
import karuta.files.WholeFile;
import karuta.study.FileHash;
import karuta.study.KarutaPackage;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.ScoreMatrix;

/**
 * The folder of one run, which its owner alone may read.
 *
 * <ul>
 *   <li>{@code study.yaml}: the study as read
 *   <li>{@code run.json}: {@link Run} without its matrix; lists size and SHA-256 of the files that follow, but for the log
 *       and the table, and says its own
 *   <li>{@code matrix.json}: {@link ScoreMatrix}, scores mostly from 0 to 1, as the rules have them
 *   <li>{@code matrix.csv}: the same in percent; header {@code stage,<task> [<scorer>]...}; 0 is before training
 *   <li>{@code predictions.jsonl}: a {@link Prediction} per line
 *   <li>{@code trace.jsonl}: a {@link TraceRow} per line
 *   <li>{@code checkpoint-N.safetensors}: what the strategies kept after stage N; those of the last two complete
 *       stages
 *   <li>{@code cards-N.safetensors}: what pools kept after stage N whose cards may change later
 *   <li>{@code progress-N.safetensors}, {@code answers.jsonl}: where a run stands between two complete stages; gone when it
 *       is finished
 *   <li>{@code log.txt}: what was logged
 * </ul>
 *
 * <p>Every file is written whole or not at all, and {@code run.json} after the others: a process that is killed leaves the
 * state after a stage, whatever the other files have more. What an unfinished run's files have more does not count.
 *
 * <p>Matrix and predictions are equal, byte for byte, in equal runs. All methods throw {@link RecordException} if a file
 * cannot be read or written.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    static final String RUN = "run.json";
    private static final String STUDY = "study.yaml";
    private static final String MATRIX = "matrix.json";
    private static final String CSV = "matrix.csv";
    private static final String PREDICTIONS = "predictions.jsonl";
    private static final String TRACE = "trace.jsonl";
    private static final Pattern SET_ASIDE = Pattern.compile(".*\\.(damaged|old)(\\.\\d{1,9})?");
    /** The record's own, not that of a file or part in it: those stand further in. */
    private static final Seal SEAL = new Seal("\n  \"sha256\": \"");

    private static final Pattern CARDS = Pattern.compile("cards-\\d{1,9}\\.safetensors");
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,9})\\.safetensors");

    private static final Pattern PROGRESS = Pattern.compile("progress-(\\d{1,18})\\.safetensors");
    private static final String ANSWERS = "answers.jsonl";

    /** The name of a run's folder: study, arm, order and seed; other runs of that name have a number behind it. */
    public static String name(Run run) {
        return "%s.%s.%s.seed%d".formatted(run.getStudy(), run.getArm().getName(), run.getOrder(), run.getSeed());
    }

    /**
     * Makes a new folder of that name, which its owner alone may read, and with a number where it is taken.
     *
     * @param out where to make it; made if missing
     */
    public static RunFolder create(Path out, Run run) {
        try {
            Access.PRIVATE.folders(out);
            for (var number = 1; ; number++) {
                try {
                    var name = number == 1 ? name(run) : name(run) + "." + number;
                    return new RunFolder(Access.PRIVATE.newFolder(out.resolve(name)));
                } catch (FileAlreadyExistsException e) {
                    continue; // somebody else's run: the next number
                }
            }
        } catch (IOException e) {
            throw new RecordException("cannot make a run folder in " + out + ": " + Reason.of(e), e);
        }
    }

    /** The run folder at a path, if there is a record in it. */
    public static Optional<RunFolder> of(Path path) {
        return Files.isRegularFile(path.resolve(RUN)) ? Optional.of(new RunFolder(path)) : Optional.empty();
    }

    /** Whether a folder has a name by which nobody takes it for a run. */
    public static boolean isSetAside(Path folder) {
        return SET_ASIDE.matcher(folder.getFileName().toString()).matches();
    }

    /** The run folder at a path, or all those in it, by name, but for those that were set aside. */
    public static List<RunFolder> find(Path path) {
        if (Files.isRegularFile(path.resolve(RUN))) {
            return List.of(new RunFolder(path));
        }
        try (var inside = Files.list(path)) {
            var found = inside.filter(folder -> Files.isRegularFile(folder.resolve(RUN)) && !isSetAside(folder))
                    .sorted()
                    .map(RunFolder::new)
                    .toList();
            if (found.isEmpty()) {
                throw new RecordException(path + " is no run folder and holds none: there is no " + RUN
                        + " in it; name a folder that \"karuta run\" has written");
            }
            return found;
        } catch (IOException e) {
            throw new RecordException("cannot read " + path + ": " + Reason.of(e), e);
        }
    }

    /** Whether there is a record in it. */
    public boolean hasRecord() {
        return Files.exists(path.resolve(RUN));
    }

    /** Removes all that a run keeps, the record first, so that what is left is no run; the log stays. */
    public void clear() {
        clearButAnswers();
        try {
            Files.deleteIfExists(answers());
        } catch (IOException e) {
            throw new RecordException("cannot begin anew in " + path + ": " + Reason.of(e), e);
        }
    }

    /** Like {@link #clear}, for a run that begins with the answers that it gave before: these say what they belong to. */
    public void clearButAnswers() {
        try (var inside = Files.list(path)) {
            var checkpoints = inside.filter(file -> stage(file) >= 0
                    || progress(file) >= 0
                    || CARDS.matcher(file.getFileName().toString()).matches());
            var kept = Stream.of(RUN, MATRIX, CSV, PREDICTIONS, TRACE, STUDY).map(path::resolve);
            for (var file : Stream.concat(kept, checkpoints).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new RecordException("cannot begin anew in " + path + ": " + Reason.of(e), e);
        }
    }

    /** Why a folder is set aside, and what stands behind its name then. */
    public enum Aside {
        /** It is not as it was written. */
        DAMAGED,
        /** Its run begins anew. */
        OLD
    }

    /** Gives a folder another name, {@code NAME.damaged} or {@code NAME.old}, by which nobody takes it for a run. */
    public RunFolder setAside(Aside why) {
        try {
            for (var number = 1; ; number++) {
                var name = path.getFileName() + "." + why.name().toLowerCase(Locale.ROOT)
                        + (number == 1 ? "" : "." + number);
                if (Files.notExists(path.resolveSibling(name))) {
                    return new RunFolder(Files.move(path, path.resolveSibling(name)));
                }
            }
        } catch (IOException e) {
            throw new RecordException("cannot rename " + path + ": " + Reason.of(e), e);
        }
    }

    /** Where to log to. */
    public Path log() {
        return path.resolve("log.txt");
    }

    /** Where to keep what the strategies have after a stage. */
    public Path checkpoint(int stage) {
        return path.resolve("checkpoint-" + stage + ".safetensors");
    }

    /** The checkpoint of the highest stage. */
    public Optional<Path> newestCheckpoint() {
        try (var inside = Files.list(path)) {
            return inside.filter(file -> stage(file) >= 0).max(Comparator.comparingInt(RunFolder::stage));
        } catch (IOException e) {
            throw new RecordException("cannot read " + path + ": " + Reason.of(e), e);
        }
    }

    /** -1 if the file is no checkpoint. */
    private static int stage(Path file) {
        var name = CHECKPOINT.matcher(file.getFileName().toString());
        return name.matches() ? Integer.parseInt(name.group(1)) : -1;
    }

    /** -1 if the file keeps no position within a stage. */
    private static long progress(Path file) {
        var name = PROGRESS.matcher(file.getFileName().toString());
        return name.matches() ? Long.parseLong(name.group(1)) : -1;
    }

    /** Where positions within a stage are kept, the newest first. */
    public List<Path> progress() {
        try (var inside = Files.list(path)) {
            return inside.filter(file -> progress(file) >= 0)
                    .sorted(Comparator.<Path>comparingLong(RunFolder::progress).reversed())
                    .toList();
        } catch (IOException e) {
            throw new RecordException("cannot read " + path + ": " + Reason.of(e), e);
        }
    }

    /** Where to keep the next position within a stage. */
    public Path nextProgress() {
        var last =
                progress().stream().mapToLong(RunFolder::progress).findFirst().orElse(0);
        return path.resolve("progress-" + (last + 1) + ".safetensors");
    }

    /** Where answers are kept while an evaluation goes on. */
    public Path answers() {
        return path.resolve(ANSWERS);
    }

    /** Keeps the study as it was read. */
    public FileHash writeStudy(String text) {
        return files().write(STUDY, text);
    }

    /** The study as it was read. */
    public String readStudy() {
        return files().text(STUDY, RunFiles::decoded);
    }

    /** When the record was written last. */
    public FileTime written() {
        try {
            return Files.getLastModifiedTime(path.resolve(RUN));
        } catch (IOException e) {
            throw new RecordException("cannot read " + path.resolve(RUN) + ": " + Reason.of(e), e);
        }
    }

    /**
     * Keeps the record, without its matrix, and seals it. It is the last file to be written after a stage: what it lists is
     * what the run has.
     */
    public void writeRun(Run run) {
        run.setSha256(Seal.BLANK);
        var sealed = SEAL.seal(ModelJson.write(run));
        files().write(RUN, sealed);
        run.setSha256(SEAL.digits(sealed));
    }

    /** Keeps the scores so far. */
    public FileHash writeMatrix(ScoreMatrix matrix) {
        var hash = files().write(MATRIX, ModelJson.write(matrix));
        files().write(CSV, MatrixCsv.of(matrix));
        return hash;
    }

    /** What the scores would be kept as. */
    public FileHash hashOf(ScoreMatrix matrix) {
        return files().written(
                        MATRIX,
                        file -> WholeFile.dry(
                                out -> out.write(ModelJson.write(matrix).getBytes(StandardCharsets.UTF_8))));
    }

    /** Adds the predictions of a stage, in place of those of this and later stages that are there from a broken run. */
    public FileHash writePredictions(int stage, List<Prediction> predictions) {
        return files().written(PREDICTIONS, file -> predictions().replaceFrom(stage, predictions));
    }

    /** What the predictions are without those of this and later stages. */
    public FileHash predictionsBefore(int stage) {
        return files().written(PREDICTIONS, file -> predictions().before(stage));
    }

    /** What a checkpoint that has been written is. */
    public FileHash hashOfCheckpoint(int stage) {
        return files().hash(checkpoint(stage).getFileName().toString());
    }

    /** Lets a record list a file, in place of what it said of it before. */
    public static void list(Run run, FileHash hash) {
        RunFiles.put(run, hash);
    }

    /**
     * Reads the record alone, as the process that wrote it last has left it.
     *
     * @throws DamagedRecordException if it is not as it was written
     */
    public Run readRecord() {
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

    /**
     * Whether a record has hashes; those that an older version has written have none, and can be judged by their form
     * alone.
     */
    public static boolean isSealed(Run run) {
        return !run.getFiles().isEmpty();
    }

    /**
     * Reads the record, and the matrix if there is one, and checks everything that they list but the checkpoints.
     *
     * @throws DamagedRecordException if something is not as it was written
     */
    public Run read() {
        var run = readRecord();
        if (!isSealed(run)) {
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

    /**
     * Checks a checkpoint against the record that lists it. One that the record does not list is not checked: it has a
     * hash of its own.
     *
     * @throws DamagedRecordException if it is missing or not as it was written
     */
    public void checkCheckpoint(Run run, int stage) {
        RunFiles.of(run, checkpoint(stage).getFileName().toString()).ifPresent(listed -> files().check(run, listed));
    }

    /** The stages whose checkpoints a record lists, the last one first. */
    public static List<Integer> checkpoints(Run run) {
        return run.getFiles().stream()
                .map(file -> stage(Path.of(file.getName())))
                .filter(stage -> stage >= 0)
                .sorted(Comparator.reverseOrder())
                .toList();
    }

    /** Whether there is one. */
    public boolean hasCheckpoint(int stage) {
        return Files.exists(checkpoint(stage));
    }

    /** Lets a record no longer list a checkpoint. */
    public static void unlistCheckpoint(Run run, int stage) {
        run.getFiles().removeIf(file -> stage >= 0 && stage(Path.of(file.getName())) == stage);
    }

    /** Reads the predictions, if any, one after the other, in the order in which they were written. */
    public void forEachPrediction(Consumer<Prediction> consumer) {
        try {
            predictions().each(consumer::accept);
        } catch (IOException e) {
            throw new RecordException("cannot read " + predictions().path() + ": " + Reason.of(e), e);
        }
    }

    /** Where the predictions are. */
    public Path predictionsFile() {
        return path.resolve(PREDICTIONS);
    }

    /** Where the steps of the run are added, in place of those that are there from a broken run. */
    public Trace trace() {
        return new Trace(path.resolve(TRACE));
    }

    /** What the trace is now. */
    public FileHash hashOfTrace() {
        return files().hash(TRACE);
    }

    /**
     * Reads the trace of a run; empty if it has none.
     *
     * @throws DamagedRecordException if it is not as it was written
     */
    public List<TraceRow> readTrace(Run run) {
        var file = path.resolve(TRACE);
        checkTrace(run);
        try {
            return Files.exists(file) ? Trace.read(file, run.getStatus() == RunStatus.FINISHED) : List.of();
        } catch (IOException e) {
            throw new RecordException("cannot read " + file + ": " + Reason.of(e), e);
        }
    }

    /** All that a record says, but for its matrix, as the text that it is kept as. */
    public static String text(Run run) {
        return ModelJson.write(run);
    }

    private PredictionsFile predictions() {
        return new PredictionsFile(predictionsFile());
    }

    private RunFiles files() {
        return new RunFiles(path);
    }
}
