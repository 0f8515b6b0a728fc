package karuta.yaml;

import java.util.Comparator;

/**
 * A mistake in a file.
 *
 * @param file as the user named it
 * @param line from 1; 0 if the mistake concerns the file as a whole
 * @param column from 1; 0 if the mistake concerns the file as a whole
 * @param message what is wrong, and what would be right
 */
public record Problem(String file, int line, int column, String message) {

    /** In the order of the file. */
    public static final Comparator<Problem> BY_PLACE =
            Comparator.comparing(Problem::file).thenComparing(Problem::line).thenComparing(Problem::column);

    /** As compilers print it: {@code quickstart.yaml:12: unknown key "selectr" (did you mean "selector"?)}. */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line + ": " + message : file + ": " + message;
    }
}
