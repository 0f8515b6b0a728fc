package karuta.lmm.check;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import karuta.api.KarutaException;
import karuta.safetensors.SafeTensors;

/** Expected tensors, and the inputs that they were computed from; the latter may lie in a second file. */
final class ReferenceFile implements AutoCloseable {

    private final SafeTensors expected;
    private final Optional<SafeTensors> inputs;
    private final NDManager manager;
    private final NDManager main;

    /** @param manager its device gets the inputs */
    ReferenceFile(Path reference, Optional<Path> inputs, NDManager manager) {
        this.manager = manager;
        main = manager.newSubManager(Device.cpu());
        expected = SafeTensors.open(reference);
        try {
            this.inputs = inputs.map(SafeTensors::open);
        } catch (KarutaException e) {
            expected.close();
            throw e;
        }
    }

    Path path() {
        return expected.path();
    }

    /** What is expected, and perhaps inputs, too; sorted. */
    Set<String> names() {
        return new TreeSet<>(expected.names());
    }

    boolean expects(String name) {
        return expected.names().contains(name);
    }

    boolean has(String name) {
        return holder(name).isPresent();
    }

    private Optional<SafeTensors> holder(String name) {
        return expects(name)
                ? Optional.of(expected)
                : inputs.filter(file -> file.names().contains(name));
    }

    /** What was computed; in main memory, numbers as float32, tokens as int64. */
    NDArray expected(String name) {
        return read(expected, name, main);
    }

    /**
     * What it was computed from, where the model is computed.
     *
     * @param axes how many the result has; in the file, leading ones of size 1 may be missing or be too many
     * @throws KarutaException if neither file has it, or with another number of axes
     */
    NDArray input(String name, int axes) {
        var file = holder(name)
                .orElseThrow(() -> new KarutaException(
                        path() + " has no " + name + ", which its tensors were computed from.",
                        inputs.isEmpty()
                                ? "Give a file that has it with --inputs: the one that reference.py wrote first."
                                : "Nor has " + inputs.get().path() + "; give the file that reference.py wrote first."));
        var shape = file.info(name).shape();
        var size = shape.getShape();
        var surplus = Math.max(0, size.length - axes);
        if (size.length < axes - 1 || Arrays.stream(size, 0, surplus).anyMatch(n -> n != 1)) {
            throw new KarutaException(
                    file.path() + " has " + name + " with shape " + shape + "; " + axes + " axes are needed.",
                    "Make the file with releng/parity/reference.py.");
        }
        NDArray array = read(file, name, manager);
        return size.length < axes
                ? array.expandDims(0)
                : array.reshape(new Shape(Arrays.copyOfRange(size, surplus, size.length)));
    }

    /**
     * A single whole number among the inputs.
     *
     * @throws KarutaException if neither file has it, or there are several
     */
    long number(String name) {
        return input(name, 0).toLongArray()[0];
    }

    /** Numbers where the model is computed. */
    NDArray ones(Shape shape) {
        return manager.ones(shape);
    }

    private static NDArray read(SafeTensors file, String name, NDManager manager) {
        var dtype = file.info(name).dtype();
        return dtype.floating()
                ? file.read(name, manager, DataType.FLOAT32)
                : file.read(name, manager, dtype.type()).toType(DataType.INT64, false);
    }

    @Override
    public void close() {
        expected.close();
        inputs.ifPresent(SafeTensors::close);
        main.close();
    }
}
