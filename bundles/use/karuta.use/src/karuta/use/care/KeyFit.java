package karuta.use.care;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Guidance;

/**
 * Keys for a new encoder that are as like the same samples as the old keys were for the old one: of all p those whose products with the
 * new unit features are nearest, in the least squares, to the cosines of the old keys and the old features. So it is not the best choice
 * of cards that is learned but the one that the cards were learned with: a prompt was trained in the company of others.
 *
 * @param old features of each sample by the old encoder, by name
 * @param fresh features of the same samples by the new one
 */
record KeyFit(List<Map<String, float[]>> old, List<Map<String, float[]>> fresh) {

    /** So much of the mean square of a feature is added, lest what no sample shows becomes large. */
    private static final double RIDGE = 1e-6;

    /** Copies both. */
    KeyFit {
        old = List.copyOf(old);
        fresh = List.copyOf(fresh);
    }

    /**
     * Fits keys that stand for image and text.
     *
     * @param keys rows of a card
     * @return as many rows, of the new width
     */
    float[][] keys(float[][] keys) {
        return Arrays.stream(keys).map(this::key).toArray(float[][]::new);
    }

    private float[] key(float[] key) {
        var width = fresh.stream()
                .flatMap(sample -> sample.values().stream())
                .mapToInt(feature -> feature.length)
                .findFirst()
                .orElseThrow();
        var matrix = new double[width][width];
        var target = new double[width];
        var direction = unit(key);
        for (var i = 0; i < old.size(); i++) {
            for (var name : List.of(Guidance.IMAGE, Guidance.TEXT)) {
                if (old.get(i).containsKey(name) && fresh.get(i).containsKey(name)) {
                    var feature = unit(fresh.get(i).get(name));
                    add(feature, dot(unit(old.get(i).get(name)), direction), matrix, target);
                }
            }
        }
        var ridge =
                RIDGE * IntStream.range(0, width).mapToDouble(i -> matrix[i][i]).sum() / width;
        IntStream.range(0, width).forEach(i -> matrix[i][i] += ridge);
        return floats(solved(matrix, target));
    }

    private static void add(double[] feature, double cosine, double[][] matrix, double[] target) {
        for (var row = 0; row < feature.length; row++) {
            target[row] += cosine * feature[row];
            for (var column = 0; column <= row; column++) {
                matrix[row][column] += feature[row] * feature[column];
            }
        }
    }

    /** By Cholesky's decomposition of a positive definite matrix, of which the lower half is read and overwritten. */
    private static double[] solved(double[][] matrix, double[] target) {
        var size = target.length;
        for (var row = 0; row < size; row++) {
            for (var column = 0; column <= row; column++) {
                var rest = matrix[row][column];
                for (var k = 0; k < column; k++) {
                    rest -= matrix[row][k] * matrix[column][k];
                }
                matrix[row][column] = row == column ? Math.sqrt(rest) : rest / matrix[column][column];
            }
        }
        var solution = target.clone();
        for (var row = 0; row < size; row++) {
            for (var k = 0; k < row; k++) {
                solution[row] -= matrix[row][k] * solution[k];
            }
            solution[row] /= matrix[row][row];
        }
        for (var row = size - 1; row >= 0; row--) {
            for (var k = row + 1; k < size; k++) {
                solution[row] -= matrix[k][row] * solution[k];
            }
            solution[row] /= matrix[row][row];
        }
        return solution;
    }

    private static double dot(double[] one, double[] other) {
        return IntStream.range(0, one.length)
                .mapToDouble(i -> one[i] * other[i])
                .sum();
    }

    private static double[] unit(float[] vector) {
        var length = Math.sqrt(IntStream.range(0, vector.length)
                .mapToDouble(i -> (double) vector[i] * vector[i])
                .sum());
        return IntStream.range(0, vector.length)
                .mapToDouble(i -> length > 0 ? vector[i] / length : 0)
                .toArray();
    }

    private static float[] floats(double[] numbers) {
        var floats = new float[numbers.length];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers[i]);
        return floats;
    }
}
