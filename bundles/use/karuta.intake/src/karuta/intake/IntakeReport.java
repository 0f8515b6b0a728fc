package karuta.intake;

import java.util.List;

/**
 * What an import has made.
 *
 * @param tasks in their order; none if nothing was left
 * @param left what was left out, by reason
 * @param notes what its user must know, a sentence each
 */
public record IntakeReport(List<Made> tasks, List<Left> left, List<String> notes) {

    /** Copies the lists. */
    public IntakeReport {
        tasks = List.copyOf(tasks);
        left = List.copyOf(left);
        notes = List.copyOf(notes);
    }

    /**
     * A task.
     *
     * @param name of it and its folder
     * @param train samples to learn from
     * @param test samples to be scored on
     * @param images files of both
     * @param answers different ones
     */
    public record Made(String name, int train, int test, int images, int answers) {}

    /**
     * Samples that are left out for one reason.
     *
     * @param reason why
     * @param count how many
     * @param first of them: where they are and what is wrong with them, a sentence each
     */
    public record Left(Reason reason, int count, List<String> first) {}
}
