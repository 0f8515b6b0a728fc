package karuta.bench.score.caption;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How often every sequence of tokens stands in a text.
 *
 * @param counts by sequence, all of one length, in the order in which they first stand in the text
 */
record NGrams(Map<List<String>, Integer> counts) {

    /** The longest sequence that captions are compared by. */
    static final int LONGEST = 4;

    /** Of a length. */
    static NGrams of(List<String> tokens, int length) {
        var counts = new LinkedHashMap<List<String>, Integer>();
        for (var i = 0; i + length <= tokens.size(); i++) {
            counts.merge(tokens.subList(i, i + length), 1, Integer::sum);
        }
        return new NGrams(counts);
    }

    int count(List<String> sequence) {
        return counts.getOrDefault(sequence, 0);
    }

    int total() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
