package karuta.bench.score.vqa;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/** How often each answer is expected, and how often it is given, by group of questions (Hudson, Manning: GQA, CVPR 2019). */
final class AnswerDistributions {

    private static final double UNIT = 100;

    private final Map<String, Map<String, Integer>> expected = new HashMap<>();
    private final Map<String, Map<String, Integer>> given = new HashMap<>();

    void add(String group, String reference, String answer) {
        count(expected, group, reference);
        count(given, group, answer);
    }

    /** A hundredth of chi square, the mean over the groups by their size; the lower the nearer. None without a group. */
    OptionalDouble distance() {
        var sum = 0.0;
        var all = 0;
        for (var group : expected.entrySet()) {
            var answers = given.getOrDefault(group.getKey(), Map.of());
            var size = group.getValue().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            sum += size * chiSquare(group.getValue(), answers);
            all += size;
        }
        return all == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / all / UNIT);
    }

    private static double chiSquare(Map<String, Integer> expected, Map<String, Integer> given) {
        return expected.entrySet().stream()
                .mapToDouble(entry -> {
                    var more = given.getOrDefault(entry.getKey(), 0) - entry.getValue();
                    return (double) more * more / entry.getValue();
                })
                .sum();
    }

    private static void count(Map<String, Map<String, Integer>> counts, String group, String answer) {
        counts.computeIfAbsent(group, name -> new HashMap<>()).merge(answer, 1, Integer::sum);
    }
}
