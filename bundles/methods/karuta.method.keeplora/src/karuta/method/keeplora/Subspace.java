package karuta.method.keeplora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import karuta.tensor.Ops;
import karuta.tensor.Svd;

/**
 * Directions of a linear layer's input that are taken: the principal subspace of its weight, and the dominant gradients of
 * earlier tasks. Computed in float64, so that a direction of small energy is not lost in the rounding of a large one.
 *
 * @param m {@code M^T}, {@code [k, in]}, orthonormal rows, float32
 */
record Subspace(NDArray m) {

    /** A direction counts if its singular value is above this share of the matrix's norm; below is rounding. */
    private static final double NOISE = 1e-6;

    /**
     * {@code M_0}: the left singular vectors of {@code W^T} whose share of the energy, added up, stays below a limit; at
     * least one.
     *
     * @param weight {@code W}, {@code [out, in]}
     * @param energy {@code eps_w}
     */
    static Subspace principal(NDArray weight, double energy) {
        var svd = Svd.of(transposed(weight));
        var values = svd.s().toDoubleArray();
        var total = energy(values);
        var rank = 0;
        for (var sum = 0.0; rank < values.length; rank++) {
            sum += values[rank] * values[rank];
            if (sum >= energy * total) {
                break;
            }
        }
        return new Subspace(rows(svd.u(), Math.max(rank, 1)));
    }

    /**
     * The best directions outside: {@code hat G^T = G^T - M M^T G^T = U S V^T}.
     *
     * @param gradient {@code G}, {@code [out, in]}
     * @param rank {@code r}, the most
     */
    Directions outside(NDArray gradient, int rank) {
        NDArray full = transposed(gradient);
        var svd = Svd.of(residual(full));
        var found = Math.min(rank, above(svd, NOISE * norm(full)));
        var columns = ":, :" + found;
        NDArray b = svd.v().get(columns).mul(svd.s().get(":" + found));
        return new Directions(rows(svd.u(), found), Ops.cast(b, DataType.FLOAT32));
    }

    /**
     * Directions for an adapter.
     *
     * @param a {@code A = U^T}, {@code [r, in]}, orthonormal rows; fewer rows where there are no more directions
     * @param b {@code V S}, {@code [out, r]}, so that {@code b a} is what is nearest to {@code hat G}
     */
    record Directions(NDArray a, NDArray b) {}

    /**
     * With the directions of a gradient that are missing until the subspace has a share of its energy.
     *
     * @param gradient {@code G}, {@code [out, in]}
     * @param energy {@code eps_f}
     */
    Subspace with(NDArray gradient, double energy) {
        NDArray full = transposed(gradient);
        var svd = Svd.of(residual(full));
        var values = svd.s().toDoubleArray();
        var total = norm(full) * norm(full);
        var most = Math.min(above(svd, NOISE * norm(full)), (int)
                (m.getShape().get(1) - m.getShape().get(0)));
        var rank = 0;
        for (var sum = total - energy(values); rank < most && sum < energy * total; rank++) {
            sum += values[rank] * values[rank];
        }
        return rank == 0 ? this : new Subspace(NDArrays.concat(new NDList(m, rows(svd.u(), rank))));
    }

    /** What is outside of M; taken out twice, as M's own rounding leaves something the first time. */
    private NDArray residual(NDArray x) {
        NDArray wide = Ops.cast(m, DataType.FLOAT64);
        NDArray once = x.sub(wide.transpose().matMul(wide.matMul(x)));
        return once.sub(wide.transpose().matMul(wide.matMul(once)));
    }

    private static NDArray transposed(NDArray matrix) {
        return Ops.cast(matrix, DataType.FLOAT64).transpose();
    }

    private static NDArray rows(NDArray columns, int count) {
        return Ops.cast(columns.get(":, :" + count).transpose(), DataType.FLOAT32);
    }

    private static int above(Svd svd, double limit) {
        var values = svd.s().toDoubleArray();
        var count = 0;
        while (count < values.length && values[count] > limit) {
            count++;
        }
        return count;
    }

    private static double norm(NDArray x) {
        return Math.sqrt(x.square().sum().getDouble());
    }

    private static double energy(double[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value * value;
        }
        return sum;
    }
}
