package karuta.lmm.check;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.lmm.check.Report.Comparison;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/** Compares what is computed with what is expected, where something is expected. */
final class Comparisons {

    private final ReferenceFile reference;
    private final double tolerance;
    private final List<Comparison> comparisons = new ArrayList<>();
    private final Set<String> compared = new HashSet<>();

    Comparisons(ReferenceFile reference, double tolerance) {
        this.reference = reference;
        this.tolerance = tolerance;
    }

    /** @param actual of any floating point type, anywhere */
    void compare(String name, NDArray actual) {
        compare(name, actual, ErrorNorm.WHOLE, Optional.empty());
    }

    /** Hidden states, all of them results. */
    void compareStates(String name, NDArray actual) {
        compare(name, actual, ErrorNorm.CHANNELS, Optional.empty());
    }

    /**
     * A tensor with numbers for each token. What stands in the places of padding is no result.
     *
     * @param actual {@code [batch, tokens, size]}
     * @param valid which tokens are no padding, {@code [batch, tokens]}, boolean
     */
    void compareAt(NDArray valid, String name, NDArray actual, ErrorNorm measure) {
        compare(name, actual, measure, Optional.of(valid));
    }

    private void compare(String name, NDArray actual, ErrorNorm measure, Optional<NDArray> valid) {
        if (!reference.expects(name)) {
            return;
        }
        Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                NDArray stored = reference.expected(name);
                NDArray expected = shaped(name, stored, actual.getShape());
                NDArray here = Ops.cast(actual, DataType.FLOAT32).toDevice(Device.cpu(), false);
                var all = valid.map(places -> places.toDevice(Device.cpu(), false));
                NDArray left = all.isPresent() ? expected.get(all.get()) : expected;
                NDArray right = all.isPresent() ? here.get(all.get()) : here;
                var error = left.size() == 0 ? 0 : measure.of(left, right);
                return add(name, stored.getShape(), error, error <= tolerance);
            }
        });
    }

    /** Axes before the last one may be put together in the file, as in a concatenation of images' tokens. */
    private NDArray shaped(String name, NDArray expected, Shape actual) {
        if (expected.size() != actual.size() || last(expected.getShape()) != last(actual)) {
            throw new KarutaException(
                    reference.path() + " has " + name + " with shape " + expected.getShape() + "; the model computes "
                            + actual + ".",
                    "Check that the reference was made with this model and these inputs.");
        }
        return expected.reshape(actual);
    }

    private static long last(Shape shape) {
        return shape.dimension() == 0 ? 1 : shape.get(shape.dimension() - 1);
    }

    /**
     * Generated tokens; the tensor that says where they start is done with, too.
     *
     * @param expected of the reference's tensor, the continuation alone
     */
    void compareTokens(String name, long[] expected, long[] actual) {
        var same = Arrays.mismatch(expected, actual);
        var longest = Math.max(expected.length, actual.length);
        compared.add(name + GreedyCheck.LENGTH);
        add(name, reference.expected(name).getShape(), same < 0 ? 0 : (double) (longest - same) / longest, same < 0);
    }

    private boolean add(String name, Shape shape, double error, boolean passed) {
        compared.add(name);
        return comparisons.add(new Comparison(name, shape.toString(), error, passed));
    }

    /**
     * What was found.
     *
     * @param inputs names of inputs
     * @param outputs names of all that such models compute
     * @throws KarutaException if nothing could be compared, or something not that should have been
     */
    Report report(Set<String> inputs, Pattern outputs) {
        var ignored = new ArrayList<String>();
        for (var name : reference.names()) {
            if (outputs.matcher(name).matches() && !compared.contains(name)) {
                throw new KarutaException(
                        reference.path() + " has " + name + ", which this model does not compute from the inputs that"
                                + " are there.",
                        "Check that the file was made with this model and adapter, and that it, or the one given with"
                                + " --inputs, holds "
                                + String.join(", ", inputs.stream().sorted().toList()) + ".");
            }
            if (!compared.contains(name) && !inputs.contains(name)) {
                ignored.add(name);
            }
        }
        if (comparisons.isEmpty()) {
            throw new KarutaException(
                    reference.path() + " holds nothing that this model computes.",
                    "Make the file with releng/parity/reference.py.");
        }
        return new Report(tolerance, comparisons, ignored);
    }
}
