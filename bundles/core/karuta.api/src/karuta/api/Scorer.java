package karuta.api;

import java.util.List;

/**
 * A rule that scores the answers to a task. Its id names the rule: a changed rule gets a new id. A rule that looks at one
 * answer and one reference at a time is a {@link ReferenceScorer}.
 */
public interface Scorer extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.scorer";

    /**
     * Scores all answers to a task together, for rules that need the whole set (CIDEr's document frequencies, denominators).
     *
     * @param responses every test sample of the task with its answer, in the order of the task
     */
    Scores score(List<Response> responses);

    /**
     * A sample and what was answered.
     *
     * @param sample with all its references and fields
     * @param answer what was generated
     */
    record Response(Sample sample, String answer) {}
}
