package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.Map;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Insert;
import karuta.api.StrategyContext;
import karuta.api.TokenContext;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Svd;

/**
 * A linear layer of the shared projector, {@code y = x W^T + x D^T}, and what earlier tasks put into it. The gradient by D is
 * projected onto the null space of their features' covariance {@code C}: {@code g - g U U^T}, with U the eigenvectors of C that
 * matter. Ours: the weight alone is trained, as a bias acts on every feature.
 *
 * @param linear which
 * @param delta D, {@code [out, in]}
 * @param covariance C, not centred, {@code [in, in]}; ours: the sum over earlier tasks of each one's mean, so that no task
 *     counts for more than another
 * @param taken U, {@code [in, k]}
 * @param held {@code D U} as it was when U was found, {@code [out, k]}
 * @param insert adds {@code x D^T}; one object for all samples
 */
record Layer(Linear linear, NDArray delta, NDArray covariance, NDArray taken, NDArray held, Insert.Adapter insert) {

    /** An eigenvalue below this share of the largest is rounding of float32. */
    private static final double NOISE = 1e-6;

    static Layer fresh(Linear linear, StrategyContext context) {
        try (var scope = Scope.open()) {
            var manager = context.manager();
            NDArray delta = context.keep(manager.zeros(new Shape(linear.out(), linear.in())));
            return protecting(
                    linear, delta, context.keep(manager.zeros(new Shape(linear.in(), linear.in()))), 1, context);
        }
    }

    /**
     * As it was kept: all but U, which follows from C.
     *
     * @throws karuta.api.KarutaException if {@code held} is of another U
     */
    static Layer of(
            Linear linear, NDArray delta, NDArray covariance, NDArray held, double energy, StrategyContext context) {
        try (var scope = Scope.open()) {
            NDArray taken = directions(covariance, energy);
            if (held.getShape().get(1) != taken.getShape().get(1)) {
                throw DrapeFusion.unfit("has " + linear.name() + ".held of shape " + held.getShape() + " for "
                        + taken.getShape().get(1) + " directions");
            }
            return with(linear, delta, covariance, context.keep(taken), held);
        }
    }

    /** @param energy share of C's trace that U has */
    private static Layer protecting(
            Linear linear, NDArray delta, NDArray covariance, double energy, StrategyContext context) {
        try (var scope = Scope.open()) {
            NDArray taken = directions(covariance, energy);
            return with(linear, delta, covariance, context.keep(taken), context.keep(delta.matMul(taken)));
        }
    }

    private static Layer with(Linear linear, NDArray delta, NDArray covariance, NDArray taken, NDArray held) {
        var insert = new Insert.Adapter(linear.name(), (x, tokens) -> Ops.linear(x, delta));
        return new Layer(linear, delta, covariance, taken, held, insert);
    }

    private static NDArray directions(NDArray covariance, double energy) {
        var svd = Svd.of(Ops.cast(covariance, DataType.FLOAT64));
        var values = svd.s().toDoubleArray();
        var total = 0.0;
        for (var value : values) {
            total += value;
        }
        var count = 0;
        for (var sum = 0.0;
                count < values.length && values[count] > NOISE * values[0] && sum < energy * total;
                count++) {
            sum += values[count];
        }
        return Ops.cast(svd.u().get(":, :" + count), DataType.FLOAT32);
    }

    /** The same, with the directions of what C now has. */
    Layer protecting(double energy, StrategyContext context) {
        taken.close();
        held.close();
        return protecting(linear, delta, covariance, energy, context);
    }

    /** {@code g - g U U^T}. */
    NDArray projected(NDArray gradient) {
        return taken.size() == 0
                ? gradient
                : gradient.sub(gradient.matMul(taken).matMul(taken.transpose()));
    }

    /** Takes back, in place, what D has moved within U: afterwards {@code D U} is what it was. */
    void hold() {
        if (taken.size() > 0) {
            delta.subi(delta.matMul(taken).sub(held).matMul(taken.transpose()));
        }
    }

    /** D, and what is kept for later stages, by name. */
    Map<String, NDArray> tensors() {
        var name = linear.name();
        var tensors = new HashMap<>(Map.of(name + ".delta", delta, name + ".covariance", covariance));
        if (held.size() > 0) {
            tensors.put(name + ".held", held);
        }
        return tensors;
    }

    /** Adds up what comes into a layer, and nothing to what comes out. */
    record Recorder(Linear linear, NDArray sum, NDArray count) implements Insert.Delta {

        static Recorder of(Linear linear, NDManager manager) {
            return new Recorder(
                    linear, manager.zeros(new Shape(linear.in(), linear.in())), manager.zeros(new Shape(1)));
        }

        @Override
        public NDArray apply(NDArray x, TokenContext tokens) {
            NDArray mask = tokens.mask(TokenContext.Kind.IMAGE).expandDims(2);
            NDArray rows = x.mul(mask).reshape(-1, linear.in());
            sum.addi(rows.transpose().matMul(rows));
            count.addi(mask.sum());
            var shape = x.getShape();
            return x.getManager().zeros(new Shape(shape.get(0), shape.get(1), linear.out()));
        }

        /** {@code X^T X / n}; zeros if there was no image. */
        NDArray mean() {
            var rows = count.getFloat();
            return rows == 0 ? sum : Ops.scale(sum, 1 / rows);
        }
    }
}
