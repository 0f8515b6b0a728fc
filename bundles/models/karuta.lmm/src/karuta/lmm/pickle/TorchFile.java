package karuta.lmm.pickle;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.lmm.pickle.TensorBytes.Sink;
import karuta.safetensors.SafeTensorsWriter.Source;

/** An open file of {@code torch.save}, with a dictionary of tensors. Their numbers are read when asked for. */
public final class TorchFile implements AutoCloseable {

    private final Path path;
    private final TorchArchive archive;
    private final Map<String, TorchTensor> tensors;

    private TorchFile(Path path, TorchArchive archive, Map<String, TorchTensor> tensors) {
        this.path = path;
        this.archive = archive;
        this.tensors = tensors;
    }

    /**
     * Opens a file. Nothing in it is executed.
     *
     * @throws KarutaException if it cannot be read, is broken, or holds anything but tensors
     */
    public static TorchFile open(Path path) {
        try {
            var archive = TorchArchive.open(path);
            try {
                var tensors = TensorPickle.read(archive.pickle());
                for (var tensor : tensors.values()) {
                    archive.require(tensor.storage());
                }
                return new TorchFile(path, archive, Collections.unmodifiableMap(tensors));
            } catch (IOException | RuntimeException e) {
                archive.close();
                throw e;
            }
        } catch (PickleException e) {
            throw e.of(path);
        } catch (IOException e) {
            throw new KarutaException("Cannot read " + path + ": " + e, "Check its name and its access rights.", e);
        }
    }

    /** Its tensors by name, in the file's order. */
    public Map<String, TorchTensor> tensors() {
        return tensors;
    }

    /**
     * A tensor.
     *
     * @throws KarutaException if there is no such tensor
     */
    public TorchTensor tensor(String name) {
        return Optional.ofNullable(tensors.get(name))
                .orElseThrow(() -> new KarutaException(
                        path + " has no tensor " + name + ".", "Check that it is the file that is meant."));
    }

    /**
     * The numbers of a tensor of this file, row by row.
     *
     * @throws KarutaException if they cannot be read, or are more than memory can hold in one piece
     */
    public float[] floats(TorchTensor tensor) {
        if (!tensor.dtype().floating() || tensor.view().size() > Integer.MAX_VALUE - 8) {
            throw new KarutaException(
                    path + " has a tensor of " + tensor.dtype() + " and shape " + tensor.shape() + ".",
                    "Floating point numbers, fewer than 2^31, are needed.");
        }
        var floats = new Floats(tensor.dtype(), (int) tensor.view().size());
        try {
            pass(tensor, floats);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a sink in memory has none
        }
        return floats.numbers();
    }

    private void pass(TorchTensor tensor, Sink sink) throws IOException {
        try (var storage = archive.stream(tensor.storage())) {
            new TensorBytes(tensor, storage).writeTo(sink);
            storage.requireWhole();
        } catch (PickleException e) {
            throw e.of(path);
        }
    }

    /**
     * All tensors, to be written to another file while this one is open. Tensors that share their storage are
     * independent there.
     *
     * @throws KarutaException if one has a name that safetensors cannot have
     */
    public List<Source> sources() {
        var sources = new ArrayList<Source>();
        tensors.forEach((name, tensor) -> sources.add(source(name, tensor)));
        return sources;
    }

    private Source source(String name, TorchTensor tensor) {
        try {
            return new Source(
                    name,
                    tensor.dtype(),
                    tensor.shape(),
                    file -> pass(tensor, piece -> {
                        while (piece.hasRemaining()) {
                            file.write(piece);
                        }
                    }));
        } catch (IllegalArgumentException e) {
            throw PickleException.foreign("safetensors cannot have a tensor called " + PickleException.shown(name))
                    .of(path);
        }
    }

    @Override
    public void close() {
        try {
            archive.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
