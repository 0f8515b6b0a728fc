package karuta.report;

import com.google.gson.JsonParseException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import karuta.files.WholeFile;
import karuta.metrics.forgetting.Explanation;
import karuta.metrics.forgetting.ExplanationFile;
import karuta.study.Run;
import karuta.study.record.RunFolder;

/**
 * Why a run has forgotten, as it is kept in the run's folder; what explains other answers than those that the run has given does
 * not count.
 */
public final class Explained {

    private Explained() {}

    /** Keeps it. */
    public static void write(RunFolder folder, Explanation explanation) throws IOException {
        var answers = RunFolder.answers(folder.readRecord());
        if (answers.isPresent()) {
            WholeFile.ofOwner(folder.explanation()).write(ExplanationFile.write(answers.get(), explanation));
        }
    }

    /** What is kept; empty if nothing is that counts. */
    static Optional<Explanation> read(Result result) {
        return read(result.folder(), result.run());
    }

    private static Optional<Explanation> read(RunFolder folder, Run run) {
        try {
            var file = folder.explanation();
            var answers = RunFolder.answers(run);
            return answers.isPresent() && Files.exists(file)
                    ? ExplanationFile.read(Files.readString(file), answers.get())
                    : Optional.empty();
        } catch (IOException | JsonParseException damaged) {
            return Optional.empty(); // it can be asked for again at any time
        }
    }
}
