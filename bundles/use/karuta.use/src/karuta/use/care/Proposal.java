package karuta.use.care;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.archive.git.Change;

/**
 * A change of a pool's cards that is not made yet.
 *
 * @param change of the pool's files
 * @param before bytes of each card that is changed, by name
 * @param after bytes of the same cards afterwards; a card that goes has none
 * @param alike how alike the keys of each card are before and after: the smallest cosine; cards that go are left out
 * @param words what is to be told beside, a sentence each
 */
public record Proposal(
        Change change,
        Map<String, Long> before,
        Map<String, Long> after,
        Map<String, Double> alike,
        List<String> words) {

    /** Copies all. */
    public Proposal {
        before = new TreeMap<>(before);
        after = new TreeMap<>(after);
        alike = new TreeMap<>(alike);
        words = List.copyOf(words);
    }
}
