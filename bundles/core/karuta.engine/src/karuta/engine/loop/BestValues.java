package karuta.engine.loop;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.List;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/** The values of a phase's parameters at the look at which the loss of the held-out samples was smallest. */
final class BestValues implements AutoCloseable {

    private final EarlyStopping rule;
    private final List<NDArray> values;
    private List<NDArray> best = List.of();
    private NDManager manager = TorchEngine.manager(Device.cpu());
    private double smallest = Double.POSITIVE_INFINITY;
    private int inVain;

    /** @param values that are trained */
    BestValues(EarlyStopping rule, List<NDArray> values) {
        this.rule = rule;
        this.values = values;
    }

    /**
     * Takes a loss.
     *
     * @return whether the phase is to end
     */
    boolean ends(double loss) {
        if (loss < smallest) {
            smallest = loss;
            inVain = 0;
            keep();
        } else {
            inVain++;
        }
        return inVain >= rule.patience();
    }

    private void keep() {
        manager.close();
        manager = TorchEngine.manager(Device.cpu());
        best = Autograd.noGrad(
                () -> values.stream().map(value -> Scope.keep(value, manager)).toList());
    }

    /** Writes them back, if anybody has looked. */
    void restore() {
        Autograd.noGrad(() -> {
            for (var i = 0; i < best.size(); i++) {
                Ops.write(values.get(i), best.get(i));
            }
            return values;
        });
    }

    @Override
    public void close() {
        manager.close();
    }
}
