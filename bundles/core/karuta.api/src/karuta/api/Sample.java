package karuta.api;

import java.util.List;

/**
 * One example of a task.
 *
 * @param id unique within its task and split
 * @param query what is asked
 * @param references all answers that are known to be right, at least one; an answer is judged by all of them
 */
public record Sample(String id, Query query, List<String> references) {

    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public Sample {
        references = List.copyOf(references);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("the sample " + id + " has no answer");
        }
    }

    /** An example with one reference answer. */
    public Sample(String id, Query query, String answer) {
        this(id, query, List.of(answer));
    }

    /** What is learned: the first reference. */
    public String answer() {
        return references.get(0);
    }
}
