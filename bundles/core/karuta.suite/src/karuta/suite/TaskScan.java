package karuta.suite;

/** Is shown all that the files of a task hold, good and bad. */
public interface TaskScan {

    /**
     * A file that the task has or should have.
     *
     * @param role {@code train}, {@code test}, or the name of a file beside the samples
     */
    void file(String role, FileChoice file);

    /** An element that is a sample. */
    void record(SuiteRecord record);

    /** Something that is wrong; reading goes on where it can. */
    void fault(Fault fault);

    /** Something that who uses the task must know, a sentence. */
    void note(String note);

    /** Whether more elements are wanted of a split. */
    default boolean wants(Split split) {
        return true;
    }
}
