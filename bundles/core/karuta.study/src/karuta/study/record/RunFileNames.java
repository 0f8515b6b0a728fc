package karuta.study.record;

import java.nio.file.Path;
import java.util.regex.Pattern;

/** What the files of a run are called. */
final class RunFileNames {

    static final String RUN = "run.json";
    static final String STUDY = "study.yaml";
    static final String MATRIX = "matrix.json";
    static final String CSV = "matrix.csv";
    static final String PREDICTIONS = "predictions.jsonl";
    static final String TRACE = "trace.jsonl";
    static final String ANSWERS = "answers.jsonl";
    static final String EXPLANATION = "explanation.json";
    static final String LOG = "log.txt";

    /** What a run leaves in its folder, locks and drafts too. */
    private static final Pattern OF_RUN = Pattern.compile(
            "study\\.yaml|(run|explanation)\\.json|matrix\\.(json|csv)|(predictions|trace|answers)\\.jsonl|log\\.txt"
                    + "|(checkpoint|cards|progress)-\\d+\\.safetensors|\\.lock(\\.turn.*)?|.*\\.part");

    private RunFileNames() {}

    /** Files of strategies' states that have a number. */
    enum Numbered {
        CHECKPOINT("checkpoint", 9),
        CARDS("cards", 9),
        PROGRESS("progress", 18);

        private final String word;
        private final Pattern pattern;

        Numbered(String word, int digits) {
            this.word = word;
            pattern = Pattern.compile(word + "-(\\d{1," + digits + "})\\.safetensors");
        }

        String name(long number) {
            return word + "-" + number + ".safetensors";
        }

        /** The number of a file; -1 if it is another one. */
        long number(Path file) {
            var name = pattern.matcher(file.getFileName().toString());
            return name.matches() ? Long.parseLong(name.group(1)) : -1;
        }

        boolean is(Path file) {
            return number(file) >= 0;
        }
    }

    /** Whether a run writes files of that name, locks and drafts too. */
    static boolean isOfRun(Path file) {
        return OF_RUN.matcher(file.getFileName().toString()).matches();
    }
}
