package karuta.lmm.modalprompt;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Path;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.lmm.pickle.TorchFile;
import karuta.safetensors.SafeTensors;
import karuta.tensor.Tensors;

/** The tensors of a checkpoint's file, whichever format it has. */
sealed interface PromptTensors extends AutoCloseable {

    /** @throws KarutaException if it cannot be read */
    static PromptTensors open(Path file) {
        return file.toString().endsWith(".safetensors")
                ? new Stored(SafeTensors.open(file))
                : new Pickled(TorchFile.open(file));
    }

    Set<String> names();

    Shape shape(String name);

    /** The rows of a tensor from one on, as float32; the scope around the call frees them. */
    NDArray rows(String name, long first, NDManager manager);

    @Override
    void close();

    /** Of a file of {@code torch.save}; no other rows than these are held in memory. */
    record Pickled(TorchFile file) implements PromptTensors {

        @Override
        public Set<String> names() {
            return file.tensors().keySet();
        }

        @Override
        public Shape shape(String name) {
            return file.tensor(name).shape();
        }

        @Override
        public NDArray rows(String name, long first, NDManager manager) {
            var tensor = file.tensor(name).from(first);
            return Tensors.of(manager, file.floats(tensor), tensor.shape());
        }

        @Override
        public void close() {
            file.close();
        }
    }

    /** Of a safetensors file. */
    record Stored(SafeTensors file) implements PromptTensors {

        @Override
        public Set<String> names() {
            return file.names();
        }

        @Override
        public Shape shape(String name) {
            return file.info(name).shape();
        }

        @Override
        public NDArray rows(String name, long first, NDManager manager) {
            NDArray all = file.read(name, manager, DataType.FLOAT32);
            return first == 0 ? all : all.get(first + ":");
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
