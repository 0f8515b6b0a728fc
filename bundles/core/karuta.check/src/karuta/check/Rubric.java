package karuta.check;

import java.util.List;
import java.util.Map;

/**
 * What a scorer is tried with.
 *
 * @param references right answers of the kind that it scores
 * @param fields what every sample says beside them
 * @param most the largest score; 1 but for CIDEr, which goes up to 10
 * @param judges whether it tells right answers from wrong ones, rather than their form
 */
public record Rubric(List<String> references, Map<String, List<String>> fields, double most, boolean judges) {

    /** Copies list and map. */
    public Rubric {
        references = List.copyOf(references);
        fields = Map.copyOf(fields);
    }

    /** Short answers, as most rules have them. */
    public static Rubric words() {
        return new Rubric(List.of("cat", "two dogs", "yes"), Map.of(), 1, true);
    }
}
