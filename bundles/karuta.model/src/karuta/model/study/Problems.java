package karuta.model.study;

import java.util.ArrayList;
import java.util.List;
import karuta.model.Located;

/** Collects the mistakes of one file, so that they are told all at once. */
public final class Problems {

    private final String file;
    private final List<Problem> found = new ArrayList<>();

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
        var problem = new Problem(file, line, column, message);
        if (!found.contains(problem)) { // an alias in the file leads here twice
            found.add(problem);
        }
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
