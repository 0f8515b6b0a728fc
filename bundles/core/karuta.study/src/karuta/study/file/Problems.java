package karuta.study.file;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import karuta.study.Located;

/** Collects the mistakes of one file, so that they are told all at once. */
public final class Problems {

    private final String file;
    private final Set<Problem> found = new LinkedHashSet<>(); // an alias in the file leads to the same one twice

    /** @param file as the user named it */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds a mistake at the place of something that was read. */
    public void add(Located place, String message) {
        add(place.getLine(), place.getColumn(), message);
    }

    /** Adds a mistake at a place; line and column count from 1, 0 stands for the whole file. */
    public void add(int line, int column, String message) {
        found.add(new Problem(file, line, column, message));
    }

    /** Whether nothing was found so far. */
    boolean none() {
        return found.isEmpty();
    }

    /** What was found so far, in the order of the file. */
    public List<Problem> found() {
        return found.stream().sorted(Problem.BY_PLACE).toList();
    }

    /** @throws StudyException with all that was found, if anything was */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw new StudyException(found());
        }
    }
}
