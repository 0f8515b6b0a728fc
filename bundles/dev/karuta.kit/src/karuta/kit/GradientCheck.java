package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import karuta.api.RandomStream;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** Compares gradients with finite differences, for authors of what is trained. */
public final class GradientCheck {

    private static final float STEP = 0.01f;
    private static final int PLACES = 6;

    private GradientCheck() {}

    /**
     * Moves some numbers of a parameter up and down, and compares the loss's difference with its gradient.
     *
     * @param loss computes a scalar; the same one whenever the parameter is the same
     * @param parameter on the CPU; requires a gradient
     * @param tolerance how far both may differ, as a share of the gradient's largest number
     * @throws AssertionError naming the place where they differ, or if the gradient is zero everywhere
     */
    public static void holds(Supplier<NDArray> loss, NDArray parameter, double tolerance) {
        try (var scope = Scope.open()) {
            NDArray gradient = Autograd.gradients(loss, List.of(parameter)).get(0);
            var expected = gradient.toFloatArray();
            var largest = gradient.abs().max().getFloat();
            if (!(largest > 0)) {
                throw new AssertionError("The loss does not depend on the parameter: its gradient is " + largest + ".");
            }
            var draws = RandomStream.of(expected.length, "gradient check").permutation(expected.length);
            for (var i = 0; i < Math.min(PLACES, draws.length); i++) {
                var place = draws[i];
                var slope = (moved(loss, parameter, place, STEP) - moved(loss, parameter, place, -STEP)) / (2 * STEP);
                if (Math.abs(slope - expected[place]) > tolerance * largest) {
                    throw new AssertionError("The gradient at place " + place + " is " + expected[place]
                            + ", but the loss changes by " + slope + ".");
                }
            }
        }
    }

    /**
     * Checks the parameter that the loss depends on most; the slopes of others may drown in the rounding of float32.
     *
     * @param parameters on the CPU; require gradients
     */
    public static void steepest(Supplier<NDArray> loss, List<NDArray> parameters, double tolerance) {
        NDArray steepest;
        try (var scope = Scope.open()) {
            var largest = Autograd.gradients(loss, parameters).stream()
                    .map(gradient -> gradient.abs().max().getFloat())
                    .toList();
            steepest = parameters.get(largest.indexOf(Collections.max(largest)));
        }
        holds(loss, steepest, tolerance);
    }

    private static double moved(Supplier<NDArray> loss, NDArray parameter, int place, float by) {
        var numbers = parameter.toByteBuffer(true).asFloatBuffer();
        var before = numbers.get(place);
        numbers.put(place, before + by);
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> (double) loss.get().getFloat());
        } finally {
            numbers.put(place, before);
        }
    }
}
