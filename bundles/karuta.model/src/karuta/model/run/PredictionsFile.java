package karuta.model.run;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A file with a {@link Prediction} per line. It may be large, so it is never held in memory. */
record PredictionsFile(Path path) {

    /** Takes one prediction. */
    @FunctionalInterface
    interface Sink {

        void accept(Prediction prediction) throws IOException;
    }

    void replaceFrom(int stage, List<Prediction> predictions) {
        WholeFile.write(path, out -> {
            each(earlier -> {
                if (earlier.stage() < stage) {
                    write(earlier, out);
                }
            });
            for (var prediction : predictions) {
                write(prediction, out);
            }
        });
    }

    /** Gives them all; none if the file is not there yet. */
    void each(Sink sink) throws IOException {
        if (Files.notExists(path)) {
            return;
        }
        var number = 0;
        try (var lines = Files.newBufferedReader(path)) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                sink.accept(PredictionJson.read(line));
            }
        } catch (JsonParseException e) {
            throw new RecordException(path + ":" + number + " is damaged: " + e.getMessage(), e);
        }
    }

    private static void write(Prediction prediction, OutputStream out) throws IOException {
        out.write((PredictionJson.write(prediction) + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
