package karuta.api;

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
}
