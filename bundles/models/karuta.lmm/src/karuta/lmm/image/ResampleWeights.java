package karuta.lmm.image;

import java.util.Arrays;

/** For each output along one axis the inputs it is made of, and how much of each, in fixed point. */
final class ResampleWeights {

    /** Bits of a weight after the point. */
    static final int FRACTION = 22;

    private static final double A = -0.5;
    private static final double SUPPORT = 2;

    private final int[] starts;
    private final int[][] weights;

    private ResampleWeights(int[] starts, int[][] weights) {
        this.starts = starts;
        this.weights = weights;
    }

    /**
     * @param in number of inputs
     * @param out number of all outputs
     * @param from the first output that is wanted
     * @param count number of outputs that are wanted
     */
    static ResampleWeights of(int in, long out, long from, int count) {
        var starts = new int[count];
        var weights = new int[count][];
        if (in == out) { // an axis that stays as it is is not resampled
            Arrays.setAll(starts, i -> (int) from + i);
            Arrays.fill(weights, new int[] {1 << FRACTION});
            return new ResampleWeights(starts, weights);
        }
        var scale = (double) in / out;
        var stretch = Math.max(scale, 1);
        for (var i = 0; i < count; i++) {
            var center = (from + i + 0.5) * scale;
            starts[i] = Math.max(0, (int) (center - SUPPORT * stretch + 0.5));
            var end = Math.min(in, (int) (center + SUPPORT * stretch + 0.5));
            weights[i] = weights(starts[i], end, center, 1 / stretch);
        }
        return new ResampleWeights(starts, weights);
    }

    private static int[] weights(int start, int end, double center, double squeeze) {
        var exact = new double[end - start];
        var sum = 0.0;
        for (var i = 0; i < exact.length; i++) {
            exact[i] = cubic((i + start - center + 0.5) * squeeze);
            sum += exact[i];
        }
        var fixed = new int[exact.length];
        for (var i = 0; i < exact.length; i++) {
            var weight = sum == 0 ? exact[i] : exact[i] / sum;
            fixed[i] = (int) (Math.copySign(0.5, weight) + weight * (1 << FRACTION));
        }
        return fixed;
    }

    /** The kernel of bicubic convolution (Keys, IEEE ASSP 1981) with a = -1/2. */
    private static double cubic(double x) {
        var d = Math.abs(x);
        if (d < 1) {
            return ((A + 2) * d - (A + 3)) * d * d + 1;
        }
        return d < 2 ? (((d - 5) * d + 8) * d - 4) * A : 0;
    }

    int outputs() {
        return starts.length;
    }

    int start(int output) {
        return starts[output];
    }

    int[] weights(int output) {
        return weights[output];
    }

    /** The first input that is used. */
    int first() {
        return Arrays.stream(starts).min().orElseThrow();
    }

    /** The input after the last one that is used. */
    int end() {
        var end = 0;
        for (var i = 0; i < starts.length; i++) {
            end = Math.max(end, starts[i] + weights[i].length);
        }
        return end;
    }

    /** The same for inputs of which the first ones are left out. */
    ResampleWeights from(int first) {
        return new ResampleWeights(Arrays.stream(starts).map(s -> s - first).toArray(), weights);
    }
}
