package karuta.api;

import java.util.List;

/**
 * Training examples.
 *
 * @param inputs the questions
 * @param answers the reference answers, one per input
 */
public record Batch(List<Input> inputs, List<String> answers) {

    /** @throws IllegalArgumentException if there is not one answer per input */
    public Batch {
        inputs = List.copyOf(inputs);
        answers = List.copyOf(answers);
        if (inputs.size() != answers.size()) {
            throw new IllegalArgumentException(inputs.size() + " inputs but " + answers.size() + " answers");
        }
    }

    /** The number of examples. */
    public int size() {
        return inputs.size();
    }
}
