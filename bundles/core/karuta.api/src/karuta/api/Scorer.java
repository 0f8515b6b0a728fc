package karuta.api;

import java.util.List;

/** Judges one answer. */
@FunctionalInterface
public interface Scorer extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.scorer";

    /**
     * @param answer what was generated
     * @param reference what was expected
     * @return from 0 (wrong) to 1 (right)
     */
    double score(String answer, String reference);

    /**
     * Judges an answer by all references: the best score that one of them gives. That is no soft score over ten human
     * answers.
     *
     * @param references at least one
     */
    default double score(String answer, List<String> references) {
        return references.stream()
                .mapToDouble(reference -> score(answer, reference))
                .max()
                .orElseThrow();
    }
}
