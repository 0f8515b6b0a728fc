package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;

/** Computes the gradient of a look-up whose index goes out of sight before the backward pass, and prints it. */
final class FreedMemory {

    private static final int ROWS = 64;

    private FreedMemory() {}

    /** @param arguments {@code owned}: the index is made by {@link Tensors}; {@code borrowed}: by DJL */
    public static void main(String[] arguments) {
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager()) {
            NDArray table = manager.zeros(new Shape(ROWS, 2));
            table.setRequiresGradient(true);
            try (var scope = Scope.open()) {
                Autograd.withGrad(() -> {
                    NDArray sum;
                    try (var inner = Scope.open()) {
                        sum = inner.keep(
                                Ops.rows(table, index(manager, arguments[0])).sum());
                    }
                    Autograd.backward(sum);
                    return sum;
                });
            }
            System.out.println(Arrays.toString(Autograd.gradient(table).toFloatArray()));
        }
    }

    private static NDArray index(NDManager manager, String kind) {
        var rows = new long[ROWS];
        Arrays.setAll(rows, i -> i);
        return kind.equals("owned") ? Tensors.of(manager, rows) : manager.create(rows);
    }
}
