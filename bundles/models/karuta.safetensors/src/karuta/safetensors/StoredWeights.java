package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.safetensors.ShardIndex.Format;

/** The weights in a file or in the shards of a folder. */
public final class StoredWeights implements Weights, AutoCloseable {

    private static final String SINGLE = "model.safetensors";

    private final Path source;
    private final List<SafeTensors> files;
    private final Map<String, SafeTensors> holders;
    private final NDManager manager;
    private final DataType type;

    private StoredWeights(
            Path source, List<SafeTensors> files, Map<String, SafeTensors> holders, NDManager manager, DataType type) {
        this.source = source;
        this.files = files;
        this.holders = holders;
        this.manager = manager;
        this.type = type;
    }

    /**
     * Opens weights.
     *
     * @param source a safetensors file, or a folder with {@code model.safetensors} or {@code
     *     model.safetensors.index.json}
     * @param manager gets the arrays; its device is where they will be
     * @param type of the floating point arrays; others keep the type they are stored in
     * @throws KarutaException if the files are missing, broken, or not what the index says
     */
    public static StoredWeights open(Path source, NDManager manager, DataType type) {
        if (Files.isRegularFile(source)) {
            return single(source, source, manager, type);
        }
        var file = source.resolve(SINGLE);
        if (Files.exists(file)) {
            return single(source, file, manager, type);
        }
        if (Format.SAFETENSORS.isIn(source)) {
            return sharded(source, manager, type);
        }
        throw new KarutaException(
                source + " has neither " + SINGLE + " nor " + Format.SAFETENSORS.index() + ".",
                "Give a model folder with safetensors; `karuta model convert FOLDER` makes them out of pickles"
                        + " (.bin).");
    }

    private static StoredWeights single(Path source, Path path, NDManager manager, DataType type) {
        var file = SafeTensors.open(path);
        var holders = new TreeMap<String, SafeTensors>();
        file.names().forEach(name -> holders.put(name, file));
        return new StoredWeights(source, List.of(file), holders, manager, type);
    }

    private static StoredWeights sharded(Path folder, NDManager manager, DataType type) {
        var index = ShardIndex.read(folder, Format.SAFETENSORS);
        var files = new ArrayList<SafeTensors>();
        var holders = new TreeMap<String, SafeTensors>();
        try {
            for (var shard : index.shards()) {
                var file = SafeTensors.open(folder.resolve(shard));
                files.add(file);
                index.requireExactly(shard, file.names());
                file.names().forEach(name -> holders.put(name, file));
            }
        } catch (RuntimeException e) {
            files.forEach(SafeTensors::close);
            throw e;
        }
        return new StoredWeights(folder, List.copyOf(files), holders, manager, type);
    }

    @Override
    public String source() {
        return source.toString();
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(holders.keySet());
    }

    @Override
    public Shape shape(String name) {
        return info(name).shape();
    }

    @Override
    public NDArray get(String name, long... shape) {
        var info = info(name);
        var expected = new Shape(shape);
        if (!info.shape().equals(expected)) {
            throw new KarutaException(
                    "Tensor " + name + " of " + file(name).path() + " has shape " + info.shape() + "; the model needs "
                            + expected + ".",
                    "Check that config.json and the weights belong together.");
        }
        return file(name)
                .map(
                        name,
                        manager,
                        info.dtype().floating() ? type : info.dtype().type());
    }

    @Override
    public String checksum(String name) {
        return file(name).checksumOfFinite(name);
    }

    private TensorInfo info(String name) {
        return file(name).info(name);
    }

    private SafeTensors file(String name) {
        return Optional.ofNullable(holders.get(name)).orElseThrow(() -> missing(source(), name));
    }

    static KarutaException missing(String source, String name) {
        return new KarutaException(
                source + " has no tensor " + name + ".", "Check that config.json and the weights belong together.");
    }

    /** Closes the files; arrays that were read stay usable. */
    @Override
    public void close() {
        files.forEach(SafeTensors::close);
    }
}
