package karuta.study.file;

import karuta.study.Located;
import karuta.yaml.Problems;

/** Collects the mistakes of one study, so that they are told all at once. */
public final class StudyProblems extends Problems {

    /** @param file as the user named it */
    public StudyProblems(String file) {
        super(file);
    }

    /** Adds a mistake at the place of something that was read. */
    public void add(Located place, String message) {
        add(place.getLine(), place.getColumn(), message);
    }

    /** @throws StudyException with all that was found, if anything was */
    public void throwIfAny() {
        if (!none()) {
            throw new StudyException(found());
        }
    }
}
