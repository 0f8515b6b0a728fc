package karuta.study.record;

import static karuta.study.record.RunFileNames.ANSWERS;
import static karuta.study.record.RunFileNames.CSV;
import static karuta.study.record.RunFileNames.EXPLANATION;
import static karuta.study.record.RunFileNames.MATRIX;
import static karuta.study.record.RunFileNames.Numbered.CARDS;
import static karuta.study.record.RunFileNames.Numbered.CHECKPOINT;
import static karuta.study.record.RunFileNames.Numbered.PROGRESS;
import static karuta.study.record.RunFileNames.PREDICTIONS;
import static karuta.study.record.RunFileNames.RUN;
import static karuta.study.record.RunFileNames.STUDY;
import static karuta.study.record.RunFileNames.TRACE;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import karuta.files.Access;
import karuta.files.Seal;
import karuta.files.WholeFile;
import karuta.study.FileHash;
import karuta.study.Run;
import karuta.study.ScoreMatrix;
import karuta.study.record.RunFileNames.Numbered;

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

    /** The run folder at a path, or all those in it, by name, but for those that were set aside. */
    public static List<RunFolder> find(Path path) {
        if (Files.isRegularFile(path.resolve(RUN))) {
            return List.of(new RunFolder(path));
        }
        try (var inside = Files.list(path)) {
            var found = inside.filter(folder -> Files.isRegularFile(folder.resolve(RUN)) && !Aside.is(folder))
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
        remove(Stream.of(RUN, MATRIX, CSV, PREDICTIONS, TRACE, STUDY, EXPLANATION, ANSWERS));
    }

    /** Like {@link #clear}, for a run that begins with the answers that it gave before: these say what they belong to. */
    public void clearButAnswers() {
        remove(Stream.of(RUN, MATRIX, CSV, PREDICTIONS, TRACE, STUDY, EXPLANATION));
    }

    private void remove(Stream<String> names) {
        try (var inside = Files.list(path)) {
            var states = inside.filter(file -> Stream.of(Numbered.values()).anyMatch(numbered -> numbered.is(file)));
            for (var file : Stream.concat(names.map(path::resolve), states).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new RecordException("cannot begin anew in " + path + ": " + Reason.of(e), e);
        }
    }

    /** Whether a run writes files of that name, locks and drafts too. */
    public static boolean isOfRun(Path file) {
        return RunFileNames.isOfRun(file);
    }

    /** Where to log to. */
    public Path log() {
        return path.resolve(RunFileNames.LOG);
    }

    /** Where to keep what the strategies have after a stage. */
    public Path checkpoint(int stage) {
        return path.resolve(CHECKPOINT.name(stage));
    }

    /** Where to keep what pools have after a stage, if their cards may change later. */
    public Path cards(int stage) {
        return path.resolve(CARDS.name(stage));
    }

    /** The checkpoint of the highest stage. */
    public Optional<Path> newestCheckpoint() {
        return newestFirst(CHECKPOINT).stream().findFirst();
    }

    /** Where positions within a stage are kept, the newest first. */
    public List<Path> progress() {
        return newestFirst(PROGRESS);
    }

    /** Where to keep the next position within a stage. */
    public Path nextProgress() {
        var last = progress().stream().mapToLong(PROGRESS::number).findFirst().orElse(0);
        return path.resolve(PROGRESS.name(last + 1));
    }

    private List<Path> newestFirst(Numbered kind) {
        try (var inside = Files.list(path)) {
            return inside.filter(kind::is)
                    .sorted(Comparator.comparingLong(kind::number).reversed())
                    .toList();
        } catch (IOException e) {
            throw new RecordException("cannot read " + path + ": " + Reason.of(e), e);
        }
    }

    /** Where it is kept why the run has forgotten, if somebody has asked. */
    public Path explanation() {
        return path.resolve(EXPLANATION);
    }

    /** The SHA-256 of the answers that a record lists; empty if it lists none. */
    public static Optional<String> answers(Run run) {
        return RunFiles.of(run, PREDICTIONS).map(FileHash::getHash);
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
        var sealed = RecordReader.SEAL.seal(ModelJson.write(run));
        files().write(RUN, sealed);
        run.setSha256(RecordReader.SEAL.digits(sealed));
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

    /**
     * Reads the record alone, as the process that wrote it last has left it.
     *
     * @throws DamagedRecordException if it is not as it was written
     */
    public Run readRecord() {
        return reader().record();
    }

    /**
     * Reads the record, and the matrix if there is one, and checks everything that they list but the checkpoints.
     *
     * @throws DamagedRecordException if something is not as it was written
     */
    public Run read() {
        return reader().run();
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

    /** Whether there is a checkpoint of a stage. */
    public boolean hasCheckpoint(int stage) {
        return Files.exists(checkpoint(stage));
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
        return reader().trace(run);
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

    private RecordReader reader() {
        return new RecordReader(path);
    }
}
