package karuta.study.file;

import java.util.List;
import java.util.stream.Collectors;
import karuta.yaml.Problem;

/** A study file that cannot be used. The message has one line per mistake, of very many those that come first. */
public final class StudyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int TOLD = 100;

    private final transient List<Problem> problems;

    /** @param problems at least one, in the order of the file */
    public StudyException(List<Problem> problems) {
        super(message(problems));
        this.problems = List.copyOf(problems);
    }

    private static String message(List<Problem> problems) {
        var told = problems.stream().map(Problem::toString).distinct().toList(); // one mistake may be in many arms
        var left = told.size() - TOLD;
        return told.stream().limit(TOLD).collect(Collectors.joining("\n"))
                + (left > 0 ? "\nand " + left + " more" : "");
    }

    /** All mistakes, in the order of the file. */
    public List<Problem> problems() {
        return problems;
    }
}
