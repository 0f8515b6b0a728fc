package karuta.audit;

/** What a table does not say for sure: the numbers before rounding. */
sealed interface Unknown {

    /**
     * A score.
     *
     * @param stage 0 is before any training
     * @param task from 1
     */
    record Cell(int stage, int task) implements Unknown {}

    /**
     * The best score on a task since it was learned.
     *
     * @param task from 1
     * @param last up to which stage
     */
    record Peak(int task, int last) implements Unknown {}
}
