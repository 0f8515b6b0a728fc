package karuta.diagnosis;

/**
 * Something that is wrong, with its cure.
 *
 * @param fault which kind of thing
 * @param where the jar with its bundle, or file and line of a study
 * @param what is wrong there: goes on after {@code where}
 * @param cure what to do about it: a command
 */
public record Finding(Fault fault, String where, String what, String cure) {

    /** Whether something has to be mended. */
    public boolean isFault() {
        return fault.weight() != Fault.Weight.NOTE;
    }

    /** On two lines. */
    public String text() {
        return where + " " + what + "\n  " + cure;
    }

    /** On one line. */
    @Override
    public String toString() {
        return where + " " + what + "; " + cure;
    }
}
