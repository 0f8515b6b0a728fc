package karuta.fidelity;

/**
 * Something in which an arm is not ModalPrompt.
 *
 * @param deviation what kind of thing
 * @param does what the arm does, a sentence
 */
public record Finding(Deviation deviation, String does) {

    /** Name, what the arm does, what the definition says and where, and what to do about it. */
    public String text() {
        return deviation.words() + ": " + does + "\n  The definition (" + deviation.section() + "): " + deviation.says()
                + "\n  " + deviation.remedy();
    }
}
