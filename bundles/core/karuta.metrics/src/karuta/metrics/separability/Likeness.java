package karuta.metrics.separability;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** How features are compared: by the mean of the cosines of unit vectors. */
final class Likeness {

    /** Cosines that are closer than rounding count as equal. */
    static final double ROUNDING = 1e-6;

    private Likeness() {}

    static Optional<float[]> mean(List<Map<String, float[]>> samples, String name) {
        var having = samples.stream()
                .flatMap(sample -> Stream.ofNullable(sample.get(name)))
                .toList();
        if (having.isEmpty()) {
            return Optional.empty();
        }
        var sums = new double[having.get(0).length];
        having.forEach(feature -> IntStream.range(0, sums.length).forEach(i -> sums[i] += feature[i]));
        var mean = new float[sums.length];
        IntStream.range(0, sums.length).forEach(i -> mean[i] = (float) (sums[i] / having.size()));
        return Optional.of(mean);
    }

    /** Nothing is like a vector of zeros. */
    static float[] unit(float[] feature) {
        var squares = 0.0;
        for (var number : feature) {
            squares += (double) number * number;
        }
        var scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
        var unit = new float[feature.length];
        for (var i = 0; i < unit.length; i++) {
            unit[i] = (float) (feature[i] * scale);
        }
        return unit;
    }

    /** The mean cosine of the features that both have; the smallest possible if they have none in common. */
    static double of(List<Optional<float[]>> one, List<Optional<float[]>> other) {
        var sum = 0.0;
        var count = 0;
        for (var i = 0; i < one.size(); i++) {
            if (one.get(i).isPresent() && other.get(i).isPresent()) {
                sum += product(one.get(i).get(), other.get(i).get());
                count++;
            }
        }
        return count == 0 ? -1 : sum / count;
    }

    private static double product(float[] one, float[] other) {
        var sum = 0f;
        for (var i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }

    /** One, shared by those that are the nearest. */
    static double[] nearest(double[] likeness) {
        return places(likeness, 1);
    }

    /** How far each is among the first so many; those that are as near as the last one share what is left. */
    static double[] places(double[] likeness, int count) {
        var sorted = likeness.clone();
        Arrays.sort(sorted);
        var last = sorted[Math.max(0, sorted.length - count)];
        var before =
                Arrays.stream(likeness).filter(like -> like > last + ROUNDING).count();
        var beside = Arrays.stream(likeness)
                .filter(like -> Math.abs(like - last) <= ROUNDING)
                .count();
        return Arrays.stream(likeness)
                .map(like -> like > last + ROUNDING
                        ? 1
                        : like >= last - ROUNDING ? (double) (Math.min(count, likeness.length) - before) / beside : 0)
                .toArray();
    }
}
