package karuta.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * AdamW as PyTorch computes it: decoupled weight decay, epsilon added after the bias correction (Loshchilov, Hutter:
 * Decoupled Weight Decay Regularization, ICLR 2019).
 */
public final class AdamW implements AutoCloseable {

    /**
     * @param beta1 decay of the mean of gradients
     * @param beta2 decay of the mean of their squares
     * @param eps added to the root of the latter
     * @param decay weight decay, multiplied by the learning rate
     */
    public record Config(double beta1, double beta2, double eps, double decay) {

        /** PyTorch's defaults, but without weight decay. */
        public static final Config DEFAULT = new Config(0.9, 0.999, 1e-8, 0);
    }

    /** The numbers n of a step: decay factor, beta1, beta2, step size, root of the second bias correction, eps. */
    private static final Script SCRIPT = Script.of("""
        def step(self, x: Tensor, g: Tensor, m: Tensor, v: Tensor, n: Tensor) -> Tensor:
          a = float(n[1])
          b = float(n[2])
          x = torch.mul_(x, float(n[0]))
          m = torch.mul_(m, a)
          m = torch.add_(m, g, alpha=1.0 - a)
          v = torch.mul_(v, b)
          v = torch.addcmul_(v, g, g, value=1.0 - b)
          d = torch.div_(torch.sqrt(v), float(n[4]))
          d = torch.add_(d, float(n[5]))
          return torch.addcdiv_(x, m, d, value=0.0 - float(n[3]))
        """);

    private final List<NDArray> values;
    private final List<Double> rates;
    private final Config config;
    private final NDManager manager = TorchEngine.manager(Device.cpu());
    private final List<NDArray> means = new ArrayList<>();
    private final List<NDArray> squares = new ArrayList<>();
    private final long[] steps;

    /**
     * @param values what is trained, float32; changed in place
     * @param rates factor on the learning rate, one per value
     * @param config constants
     */
    public AdamW(List<NDArray> values, List<Double> rates, Config config) {
        if (values.size() != rates.size()) {
            throw new IllegalArgumentException(values.size() + " values but " + rates.size() + " rates");
        }
        this.values = List.copyOf(values);
        this.rates = List.copyOf(rates);
        this.config = config;
        steps = new long[values.size()];
        try (var scope = Scope.open()) {
            for (var value : values) {
                means.add(Scope.keep(value.zerosLike(), manager));
                squares.add(Scope.keep(value.zerosLike(), manager));
            }
        }
    }

    /**
     * Moves every value by the gradient that has been added up in it; see {@link #step(double, List)}.
     *
     * @param rate the learning rate of this step
     */
    public void step(double rate) {
        step(rate, values.stream().map(Autograd::find).toList());
    }

    /**
     * Moves every value by its gradient. A value without a gradient stays as if the step had not been, as in PyTorch:
     * neither momentum nor weight decay moves it.
     *
     * @param rate the learning rate of this step
     * @param gradients one per value
     */
    public void step(double rate, List<Optional<NDArray>> gradients) {
        if (gradients.size() != values.size()) {
            throw new IllegalArgumentException(gradients.size() + " gradients for " + values.size() + " values");
        }
        Autograd.noGrad(() -> {
            try (var scope = Scope.open()) {
                for (var i = 0; i < values.size(); i++) {
                    if (gradients.get(i).isPresent()) {
                        step(i, rate * rates.get(i), gradients.get(i).get());
                    }
                }
            }
            return steps;
        });
    }

    private void step(int i, double rate, NDArray gradient) {
        steps[i]++;
        NDArray numbers = Tensors.of(
                manager,
                new double[] {
                    1 - rate * config.decay,
                    config.beta1,
                    config.beta2,
                    rate / (1 - Math.pow(config.beta1, steps[i])),
                    Math.sqrt(1 - Math.pow(config.beta2, steps[i])),
                    config.eps
                },
                new Shape(6));
        SCRIPT.call("step", values.get(i), gradient, means.get(i), squares.get(i), numbers);
    }

    /**
     * What must be kept to go on: {@code steps} (int64, one number per value), {@code mean.I} and {@code square.I}. Not copied.
     */
    public Map<String, NDArray> state() {
        var state = new LinkedHashMap<String, NDArray>();
        state.put("steps", Tensors.of(manager, steps));
        for (var i = 0; i < values.size(); i++) {
            state.put("mean." + i, means.get(i));
            state.put("square." + i, squares.get(i));
        }
        return state;
    }

    /**
     * Goes on from a state.
     *
     * @throws IllegalArgumentException if it is not that of an optimiser of such values
     */
    public void load(Map<String, NDArray> state) {
        if (!state.keySet().equals(state().keySet())) {
            throw new IllegalArgumentException(
                    "the state has the arrays " + state.keySet() + ", not those of " + values.size() + " values");
        }
        for (var i = 0; i < values.size(); i++) {
            copy(state, "mean." + i, means.get(i));
            copy(state, "square." + i, squares.get(i));
        }
        var taken = state.get("steps").toLongArray();
        if (taken.length != steps.length) {
            throw new IllegalArgumentException(
                    "steps has " + taken.length + " numbers for " + steps.length + " values");
        }
        System.arraycopy(taken, 0, steps, 0, taken.length);
    }

    private static void copy(Map<String, NDArray> state, String name, NDArray to) {
        NDArray from = state.get(name);
        if (!from.getShape().equals(to.getShape())) {
            throw new IllegalArgumentException(
                    name + " has the shape " + from.getShape() + " but " + to.getShape() + " is needed");
        }
        from.copyTo(to);
    }

    /** How many arrays it holds. */
    int arrays() {
        return manager.getManagedArrays().size();
    }

    /** Frees the state. */
    @Override
    public void close() {
        manager.close();
    }
}
