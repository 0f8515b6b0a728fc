package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import karuta.files.Sha256;
import karuta.safetensors.Weights;
import karuta.safetensors.WrappedWeights;

/**
 * Weights that are summed up while a model reads them. The stored bytes of a tensor go into a CRC, which keeps up with a
 * disk; the CRCs go into a SHA-256.
 */
final class Fingerprint extends WrappedWeights {

    private final Map<String, String> sums = new ConcurrentSkipListMap<>();

    Fingerprint(Weights weights) {
        super(weights);
    }

    /**
     * Names what has been read.
     *
     * @param prefix of the names of the tensors that count
     * @param more whatever else the results depend on; its text counts
     */
    String of(String prefix, Object... more) {
        var digest = new Sha256();
        for (var part : more) {
            digest.add((part + "\n").getBytes(StandardCharsets.UTF_8));
        }
        sums.forEach((name, sum) -> {
            if (name.startsWith(prefix)) {
                digest.add((name + " " + sum + "\n").getBytes(StandardCharsets.UTF_8));
            }
        });
        return digest.hex();
    }

    @Override
    public NDArray get(String name, long... shape) {
        var array = weights.get(name, shape);
        sums.put(name, array.getShape() + " " + weights.checksum(name));
        return array;
    }
}
