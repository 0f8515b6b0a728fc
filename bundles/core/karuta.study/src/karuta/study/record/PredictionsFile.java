package karuta.study.record;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import karuta.files.WholeFile;
import karuta.files.WholeFile.Written;

/** A file with a {@link Prediction} per line. It may be large, so it is never held in memory. */
record PredictionsFile(Path path) {

    /** Takes one prediction. */
    @FunctionalInterface
    interface Sink {

        void accept(Prediction prediction) throws IOException;
    }

    Written replaceFrom(int stage, List<Prediction> predictions) throws IOException {
        return WholeFile.ofOwner(path).stream(out -> {
            if (stage > 0) {
                copy(stage, out);
            }
            for (var prediction : predictions) {
                write(prediction, out);
            }
        });
    }

    /** What the file is up to a stage, without it. */
    Written before(int stage) throws IOException {
        return WholeFile.dry(out -> copy(stage, out));
    }

    private void copy(int before, OutputStream out) throws IOException {
        each(earlier -> {
            if (earlier.stage() < before) {
                write(earlier, out);
            }
        });
    }

    /** Gives them all; none if the file is not there yet. */
    void each(Sink sink) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        var number = 0;
        var stage = 0;
        try (var lines = Files.newBufferedReader(path)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                var prediction = PredictionJson.read(line);
                if (prediction.stage() < stage) {
                    throw new JsonParseException("stage " + prediction.stage() + " follows stage " + stage);
                }
                stage = prediction.stage();
                sink.accept(prediction);
            }
        } catch (JsonParseException | CharacterCodingException e) {
            throw new DamagedRecordException(Path.of(path + ":" + number), e.getMessage(), e);
        }
    }

    private static void write(Prediction prediction, OutputStream out) throws IOException {
        out.write((PredictionJson.write(prediction) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
