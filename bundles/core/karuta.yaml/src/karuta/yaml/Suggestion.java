package karuta.yaml;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds what somebody probably meant. */
public final class Suggestion {

    private Suggestion() {}

    /**
     * The candidate with the fewest edits (insert, delete, replace, swap of neighbours; letter case is free) from a word.
     *
     * @return empty if even the best needs more edits than a third of the word's length, or than two in a short word
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        var limit = Math.max(2, (word.length() + 2) / 3);
        return candidates.stream()
                .filter(candidate -> Math.abs(candidate.length() - word.length()) <= limit) // each is an edit
                .filter(candidate -> edits(word, candidate) <= Math.min(limit, candidate.length() - 1))
                .min(Comparator.<String>comparingInt(candidate -> edits(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message about an unknown word: what was probably meant, or else what there is to choose from. */
    public static String hint(String word, Collection<String> candidates) {
        if (candidates.isEmpty()) {
            return " (there is none to choose from)";
        }
        return of(word, candidates)
                .map(nearest -> " (did you mean \"" + nearest + "\"?)")
                .orElseGet(() -> " (known: " + candidates.stream().sorted().collect(Collectors.joining(", ")) + ")");
    }

    /** Optimal string alignment distance. */
    private static int edits(String first, String second) {
        var a = first.toLowerCase(Locale.ROOT);
        var b = second.toLowerCase(Locale.ROOT);
        var distance = new int[a.length() + 1][b.length() + 1];
        for (var i = 0; i <= a.length(); i++) {
            distance[i][0] = i;
        }
        for (var j = 0; j <= b.length(); j++) {
            distance[0][j] = j;
        }
        for (var i = 1; i <= a.length(); i++) {
            for (var j = 1; j <= b.length(); j++) {
                var replaced = distance[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                var best = Math.min(replaced, 1 + Math.min(distance[i - 1][j], distance[i][j - 1]));
                var swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                distance[i][j] = swapped ? Math.min(best, 1 + distance[i - 2][j - 2]) : best;
            }
        }
        return distance[a.length()][b.length()];
    }
}
