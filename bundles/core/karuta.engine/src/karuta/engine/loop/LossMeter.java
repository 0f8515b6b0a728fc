package karuta.engine.loop;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The mean of each loss term over the last tenth of a stage's steps, as far as these have the term. */
final class LossMeter {

    private record Sum(double value, int count) {

        Sum plus(Sum other) {
            return new Sum(value + other.value, count + other.count);
        }
    }

    private final int from;
    private final Map<String, Sum> sums = new LinkedHashMap<>();

    LossMeter(int steps) {
        from = steps - Math.max(1, steps / 10);
    }

    void add(int step, Map<String, Double> terms) {
        if (step >= from) {
            terms.forEach((name, value) -> sums.merge(name, new Sum(value, 1), Sum::plus));
        }
    }

    Map<String, Double> means() {
        var means = new LinkedHashMap<String, Double>();
        sums.forEach((name, sum) -> means.put(name, sum.value / sum.count));
        return means;
    }

    /** What has been added up, in a line for each term, to the last bit. */
    String lines() {
        return sums.entrySet().stream()
                .map(term ->
                        term.getValue().count + " " + Double.toHexString(term.getValue().value) + " " + term.getKey())
                .collect(Collectors.joining("\n"));
    }

    /** Goes on from such lines. */
    void restore(String lines) {
        lines.lines()
                .map(line -> line.split(" ", 3))
                .forEach(term -> sums.put(term[2], new Sum(Double.parseDouble(term[1]), Integer.parseInt(term[0]))));
    }
}
