package karuta.use.care;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The mean of vectors that come one by one. */
final class Mean {

    private final boolean unit;
    private double[] sum = {};
    private int count;

    /** @param unit whether each counts by its direction alone */
    Mean(boolean unit) {
        this.unit = unit;
    }

    /** Nothing is added of a sample that lacks it. */
    void add(float @Nullable [] vector) {
        if (vector == null) {
            return;
        }
        var length = unit
                ? Math.sqrt(IntStream.range(0, vector.length)
                        .mapToDouble(i -> (double) vector[i] * vector[i])
                        .sum())
                : 1;
        if (length > 0) {
            sum = count == 0 ? new double[vector.length] : sum;
            for (var i = 0; i < vector.length; i++) {
                sum[i] += vector[i] / length;
            }
            count++;
        }
    }

    /** Empty without vectors. */
    Optional<float[]> value() {
        return count == 0 ? Optional.empty() : Optional.of(floats(scaled(1)));
    }

    private double[] scaled(double factor) {
        return Arrays.stream(sum).map(x -> factor * x / count).toArray();
    }

    /** The weighted sum of two means; a mean of nothing does not count. Empty if nothing counts. */
    static Optional<float[]> sum(double weight, Mean one, double otherWeight, Mean other) {
        var first = one.count > 0 && weight > 0;
        var second = other.count > 0 && otherWeight > 0;
        if (!first || !second) {
            return first ? one.value() : second ? other.value() : Optional.empty();
        }
        var left = one.scaled(weight);
        var right = other.scaled(otherWeight);
        return Optional.of(floats(IntStream.range(0, left.length)
                .mapToDouble(i -> left[i] + right[i])
                .toArray()));
    }

    private static float[] floats(double[] numbers) {
        var floats = new float[numbers.length];
        for (var i = 0; i < floats.length; i++) {
            floats[i] = (float) numbers[i];
        }
        return floats;
    }
}
