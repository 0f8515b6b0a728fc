package karuta.suite;

import java.util.List;

/**
 * What a published test script adds to a question, after its text.
 *
 * @param by whose script
 * @param text as it is added, with the blank or newline before it
 * @param answers if not empty, it is added only where the reference is one of these, or none of these: the script looks at the
 *     answer, and the question tells something of it
 * @param unless whether it is added where the reference is <em>none</em> of the answers
 */
public record Addition(String by, String text, List<String> answers, boolean unless) {

    /** Whether the text tells something of the reference. */
    public boolean leaks() {
        return !answers.isEmpty();
    }

    /** Whether it is added to a question with this reference. */
    public boolean applies(String reference) {
        return answers.isEmpty() || answers.contains(reference) != unless;
    }
}
