package karuta.model.study;

import java.util.List;
import java.util.stream.Collectors;

/** A study file that cannot be used. The message has one line per mistake. */
public final class StudyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** @param problems at least one, in the order of the file */
    public StudyException(List<Problem> problems) {
        super(problems.stream().map(Problem::toString).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** All mistakes, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
