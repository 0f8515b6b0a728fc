package karuta.use.ask;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import karuta.tensor.Scope;
import karuta.tensor.Svd;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;

/**
 * A Gaussian over a frozen feature of a card's own samples, each taken at length 1: the mean, the directions in which they vary most
 * and how much, and how much in any other one. The distance is Mahalanobis' (Lee, Lee, Lee, Shin: A Simple Unified Framework for
 * Detecting Out-of-Distribution Samples and Adversarial Attacks, NeurIPS 2018, section 2.1), but the covariance is each card's own, so
 * that a card needs no other one, and has the form of probabilistic principal components (Tipping, Bishop: Probabilistic Principal
 * Component Analysis, JRSS B 1999, section 3), so that it is small and can be learned from fewer samples than the feature has numbers. It
 * is drawn a little to a ball (Friedman: Regularized Discriminant Analysis, JASA 1989, equation 18): of few samples it would be too
 * sure of the directions that none of them takes.
 *
 * @param mean {@code n} numbers
 * @param axes directions of unit length, {@code [r][n]}, orthogonal
 * @param variances along the axes, {@code r} numbers
 * @param rest variance in any other direction
 */
record FeatureGaussian(float[] mean, float[][] axes, float[] variances, float rest) {

    /** Directions that are kept: on the embedded tasks 8 do as well, and 32 no better. */
    private static final int AXES = 16;

    /** How far the variances are drawn to their mean: anything from 0.01 to 0.2 does as well on the embedded tasks. */
    private static final double SHRINKAGE = 0.1;

    /** Of a number of a feature of length 1 this is rounding. */
    private static final double LEAST = 1e-8;

    /** So few samples tell no variance. */
    static final int FEWEST = 2;

    /**
     * Learns it.
     *
     * @param features at least {@value #FEWEST}, {@code n} numbers each
     */
    static FeatureGaussian of(List<float[]> features) {
        var units = features.stream().map(FeatureGaussian::unit).toList();
        var count = units.size();
        var width = units.get(0).length;
        var mean = new float[width];
        for (var i = 0; i < width; i++) {
            var place = i;
            mean[i] = (float)
                    units.stream().mapToDouble(unit -> unit[place]).average().orElseThrow();
        }
        var centred = units.stream()
                .flatMapToDouble(unit -> Arrays.stream(less(unit, mean)))
                .toArray();
        try (var manager = TorchEngine.manager(Device.cpu());
                var scope = Scope.open()) {
            var parts = Svd.of(Tensors.of(manager, centred, new Shape(count, width)));
            var spread = Arrays.stream(parts.s().toDoubleArray())
                    .map(s -> s * s / (count - 1))
                    .toArray();
            var most = Math.max(1, Math.min(AXES, Math.min(count / 2, width - 1)));
            var ball = Arrays.stream(spread).sum() / width;
            var tail = Arrays.stream(spread).skip(most).sum() / Math.max(1, width - most);
            var rest = (float) Math.max(LEAST, shrunk(tail, ball));
            var variances = new float[most];
            IntStream.range(0, most)
                    .forEach(axis -> variances[axis] = Math.max((float) shrunk(spread[axis], ball), rest));
            return new FeatureGaussian(mean, columns(parts.v().toDoubleArray(), spread.length, most), variances, rest);
        }
    }

    private static double shrunk(double variance, double ball) {
        return (1 - SHRINKAGE) * variance + SHRINKAGE * ball;
    }

    /** The first columns of a matrix of that many columns. */
    private static float[][] columns(double[] matrix, int columns, int most) {
        var first = new float[most][matrix.length / columns];
        for (var column = 0; column < most; column++) {
            for (var row = 0; row < first[column].length; row++) {
                first[column][row] = (float) matrix[row * columns + column];
            }
        }
        return first;
    }

    /** At length 1; zeros stay. */
    private static double[] unit(float[] feature) {
        var length = Math.sqrt(IntStream.range(0, feature.length)
                .mapToDouble(i -> (double) feature[i] * feature[i])
                .sum());
        return IntStream.range(0, feature.length)
                .mapToDouble(i -> length > 0 ? feature[i] / length : 0)
                .toArray();
    }

    private static double[] less(double[] one, float[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] - other[i])
                .toArray();
    }

    /** How many numbers the feature has. */
    int width() {
        return mean.length;
    }

    /** The squared distance of a feature: about {@link #width} for the card's own samples. */
    double distance(float[] feature) {
        var difference = less(unit(feature), mean);
        var distance = 0.0;
        var left = Arrays.stream(difference).map(x -> x * x).sum();
        for (var axis = 0; axis < axes.length; axis++) {
            var direction = axes[axis];
            var along = IntStream.range(0, direction.length)
                    .mapToDouble(i -> direction[i] * difference[i])
                    .sum();
            distance += along * along / variances[axis];
            left -= along * along;
        }
        return distance + Math.max(0, left) / rest;
    }
}
