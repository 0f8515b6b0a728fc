package karuta.fidelity;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;

/** Arithmetic in Java's doubles, which shares nothing with what it is compared with. */
final class Vectors {

    private Vectors() {}

    static double[] of(NDArray array) {
        var floats = array.toFloatArray();
        var doubles = new double[floats.length];
        Arrays.setAll(doubles, i -> floats[i]);
        return doubles;
    }

    static double dot(double[] a, double[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    static double cosine(double[] a, double[] b) {
        return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
    }

    static double distance(double[] a, double[] b) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) {
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(sum);
    }

    /** {@code W x + b}, W row after row. */
    static double[] linear(double[] weight, double[] bias, double[] x) {
        var y = bias.clone();
        for (var row = 0; row < y.length; row++) {
            for (var i = 0; i < x.length; i++) {
                y[row] += weight[row * x.length + i] * x[i];
            }
        }
        return y;
    }

    /** Whether two numbers are the same but for rounding in float32. */
    static boolean near(double a, double b, double tolerance) {
        return Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b)); // false for NaN
    }

    static boolean near(double[] a, double[] b, double tolerance) {
        if (a.length != b.length) {
            return false;
        }
        for (var i = 0; i < a.length; i++) {
            if (!near(a[i], b[i], tolerance)) {
                return false;
            }
        }
        return true;
    }
}
