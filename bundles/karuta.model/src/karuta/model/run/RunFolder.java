package karuta.model.run;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import karuta.model.KarutaPackage;
import karuta.model.Run;
import karuta.model.ScoreMatrix;

/**
 * The folder of one run.
 *
 * <ul>
 *   <li>{@code study.yaml}: the study as read
 *   <li>{@code run.json}: {@link Run} without its matrix
 *   <li>{@code matrix.json}: {@link ScoreMatrix}, scores from 0 to 1
 *   <li>{@code matrix.csv}: the same in percent; header {@code stage,<task>...}, stage 0 is before training
 *   <li>{@code predictions.jsonl}: a {@link Prediction} per line
 *   <li>{@code checkpoint-N.safetensors}: what the strategies kept after stage N; that of the last complete stage
 *   <li>{@code log.txt}: what was logged
 * </ul>
 *
 * <p>Matrix and predictions are equal, byte for byte, in equal runs. All methods throw {@link RecordException} if a file
 * cannot be read or written.
 *
 * @param path the folder
 */
public record RunFolder(Path path) {

    private static final String RUN = "run.json";
    private static final Pattern CHECKPOINT = Pattern.compile("checkpoint-(\\d{1,9})\\.safetensors");

    /**
     * Makes a new folder, named after study, arm, order and seed, and with a number where that name is taken.
     *
     * @param out where to make it; made if missing
     */
    public static RunFolder create(Path out, Run run) {
        var name = "%s.%s.%s.seed%d".formatted(run.getStudy(), run.getArm().getName(), run.getOrder(), run.getSeed());
        try {
            Files.createDirectories(out);
            for (var number = 1; ; number++) {
                try {
                    return new RunFolder(Files.createDirectory(out.resolve(number == 1 ? name : name + "." + number)));
                } catch (FileAlreadyExistsException e) {
                    continue; // somebody else's run: the next number
                }
            }
        } catch (IOException e) {
            throw new RecordException("cannot make a run folder in " + out + ": " + Reason.of(e), e);
        }
    }

    /** The run folder at a path, or all those in it, by name. */
    public static List<RunFolder> find(Path path) {
        if (Files.isRegularFile(path.resolve(RUN))) {
            return List.of(new RunFolder(path));
        }
        try (var inside = Files.list(path)) {
            var found = inside.filter(folder -> Files.isRegularFile(folder.resolve(RUN)))
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

    /** Keeps the study as it was read. */
    public void writeStudy(String text) {
        WholeFile.write(path.resolve("study.yaml"), text);
    }

    /** Keeps the record, without its matrix. */
    public void writeRun(Run run) {
        WholeFile.write(path.resolve(RUN), ModelJson.write(run));
    }

    /** Keeps the scores so far. */
    public void writeMatrix(ScoreMatrix matrix) {
        WholeFile.write(path.resolve("matrix.json"), ModelJson.write(matrix));
        WholeFile.write(path.resolve("matrix.csv"), MatrixCsv.of(matrix));
    }

    /** Adds the predictions of a stage, in place of those of this and later stages that are there from a broken run. */
    public void writePredictions(int stage, List<Prediction> predictions) {
        predictions().replaceFrom(stage, predictions);
    }

    /** Reads the record, and the matrix if there is one. */
    public Run read() {
        var run = read(RUN, text -> ModelJson.read(text, KarutaPackage.Literals.RUN, Run.class));
        if (Files.exists(path.resolve("matrix.json"))) {
            run.setMatrix(read(
                    "matrix.json",
                    text -> ModelJson.read(text, KarutaPackage.Literals.SCORE_MATRIX, ScoreMatrix.class)));
        }
        return run;
    }

    /** Reads the predictions, if any, one after the other, in the order in which they were written. */
    public void forEachPrediction(Consumer<Prediction> consumer) {
        try {
            predictions().each(consumer::accept);
        } catch (IOException e) {
            throw new RecordException("cannot read " + predictions().path() + ": " + Reason.of(e), e);
        }
    }

    private PredictionsFile predictions() {
        return new PredictionsFile(path.resolve("predictions.jsonl"));
    }

    private <T> T read(String name, Function<String, T> parse) {
        var file = path.resolve(name);
        try {
            return parse.apply(Files.readString(file));
        } catch (IOException e) {
            throw new RecordException("cannot read " + file + ": " + Reason.of(e), e);
        } catch (JsonParseException e) {
            throw new RecordException(file + " is damaged: " + e.getMessage(), e);
        }
    }
}
