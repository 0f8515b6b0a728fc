package karuta.yaml;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the mistakes of one file, so that they are told all at once. */
public class Problems {

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>(); // an alias in the file leads to the same one twice

    /** @param file as the user named it */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds a mistake at a place; line and column count from 1, 0 stands for the whole file. */
    public void add(int line, int column, String message) {
        found.add(new Problem(file, line, column, message));
    }

    /** Whether nothing was found so far. */
    public boolean none() {
        return found.isEmpty();
    }

    /** What was found so far, in the order of the file. */
    public List<Problem> found() {
        return found.stream().sorted(Problem.BY_PLACE).toList();
    }
}
