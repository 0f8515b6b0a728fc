package karuta.use.care;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Guidance;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.DecompositionSolver;
import org.hipparchus.linear.MatrixUtils;

/**
 * Keys for a new encoder that are as like the same samples as the old keys were for the old one: of all p those whose products with the
 * new unit features are nearest, in the least squares, to the cosines of the old keys and the old features. So it is not the best choice
 * of cards that is learned but the one that the cards were learned with: a prompt was trained in the company of others.
 */
final class KeyFit {

    /** So much of the mean square of a feature is added, lest what no sample shows becomes large. */
    private static final double RIDGE = 1e-6;

    /** Below this a pivot is none. */
    private static final double SMALLEST = 0;

    private static final double SYMMETRY = 1e-10;

    /** What the old encoder and the new one make of an image or a text, both of length 1. */
    private record Pair(ArrayRealVector old, ArrayRealVector fresh) {}

    private final List<Pair> pairs = new ArrayList<>();
    private final DecompositionSolver solver;

    /**
     * @param old features of each sample by the old encoder, by name
     * @param fresh features of the same samples by the new one
     */
    KeyFit(List<Map<String, float[]>> old, List<Map<String, float[]>> fresh) {
        for (var i = 0; i < old.size(); i++) {
            for (var name : List.of(Guidance.IMAGE, Guidance.TEXT)) {
                if (old.get(i).containsKey(name) && fresh.get(i).containsKey(name)) {
                    pairs.add(new Pair(
                            unit(old.get(i).get(name)), unit(fresh.get(i).get(name))));
                }
            }
        }
        solver = new CholeskyDecomposition(squares(), SYMMETRY, SMALLEST).getSolver();
    }

    /** The sum of the new features' outer products, and a little more on the diagonal. */
    private Array2DRowRealMatrix squares() {
        var width = pairs.get(0).fresh().getDimension();
        var sum = new double[width][width];
        for (var pair : pairs) {
            var feature = pair.fresh().getDataRef();
            for (var row = 0; row < width; row++) {
                for (var column = 0; column < width; column++) {
                    sum[row][column] += feature[row] * feature[column];
                }
            }
        }
        var matrix = new Array2DRowRealMatrix(sum, false);
        var ridge = RIDGE * matrix.getTrace() / width;
        return (Array2DRowRealMatrix)
                matrix.add(MatrixUtils.createRealIdentityMatrix(width).scalarMultiply(ridge));
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
        var direction = unit(key);
        var target = new ArrayRealVector(pairs.get(0).fresh().getDimension());
        pairs.forEach(pair -> target.combineToSelf(1, pair.old().dotProduct(direction), pair.fresh()));
        return floats(solver.solve(target).toArray());
    }

    /** Of length 1; a vector of zeros stays as it is. */
    private static ArrayRealVector unit(float[] vector) {
        var unit = new ArrayRealVector(
                IntStream.range(0, vector.length).mapToDouble(i -> vector[i]).toArray(), false);
        var length = unit.getNorm();
        if (length > 0) {
            unit.mapDivideToSelf(length);
        }
        return unit;
    }

    private static float[] floats(double[] numbers) {
        var floats = new float[numbers.length];
        IntStream.range(0, floats.length).forEach(i -> floats[i] = (float) numbers[i]);
        return floats;
    }
}
