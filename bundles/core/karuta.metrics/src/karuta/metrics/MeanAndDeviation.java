package karuta.metrics;

import java.util.List;
import java.util.OptionalDouble;

/**
 * Values over seeds.
 *
 * @param count how many
 * @param mean their mean
 * @param deviation their sample standard deviation (divided by {@code count - 1}); nothing for a single value
 */
public record MeanAndDeviation(int count, double mean, OptionalDouble deviation) {

    /** @throws IllegalArgumentException if there are no values */
    public static MeanAndDeviation of(List<Double> values) {
        var mean = values.stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow(() -> new IllegalArgumentException("no values"));
        var n = values.size();
        var squares = values.stream().mapToDouble(x -> (x - mean) * (x - mean)).sum();
        var deviation = n > 1 ? OptionalDouble.of(Math.sqrt(squares / (n - 1))) : OptionalDouble.empty();
        return new MeanAndDeviation(n, mean, deviation);
    }
}
