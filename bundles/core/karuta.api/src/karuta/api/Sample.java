package karuta.api;

import java.util.List;
import java.util.Map;

/**
 * One example of a task.
 *
 * @param id unique within its task and split
 * @param query what is asked
 * @param references all answers that are known to be right, at least one; what is learned is the first
 * @param fields what else a scoring rule needs to know, by name, each one or several texts: choices, the answer's type, an
 *     image's size, ten human answers; mostly empty. No method sees them
 */
public record Sample(String id, Query query, List<String> references, Map<String, List<String>> fields) {

    /**
     * Copies list and map.
     *
     * @throws IllegalArgumentException if there is no reference
     */
    public Sample {
        references = List.copyOf(references);
        fields = Map.copyOf(fields);
        if (references.isEmpty()) {
            throw new IllegalArgumentException("the sample " + id + " has no answer");
        }
    }

    /** An example of which there is no more to know. */
    public Sample(String id, Query query, List<String> references) {
        this(id, query, references, Map.of());
    }

    /** An example with one reference answer. */
    public Sample(String id, Query query, String answer) {
        this(id, query, List.of(answer));
    }

    /** What is learned: the first reference. */
    public String answer() {
        return references.get(0);
    }

    /** The same example with another query. */
    public Sample with(Query other) {
        return new Sample(id, other, references, fields);
    }
}
