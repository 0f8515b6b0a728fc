package karuta.lmm.random;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.lmm.exchange.EmptyFolder;
import karuta.safetensors.DiskSpace;
import karuta.safetensors.Dtype;
import karuta.safetensors.SafeTensorsWriter;
import karuta.safetensors.SafeTensorsWriter.Source;
import karuta.safetensors.ShardIndex;
import karuta.safetensors.ShardIndex.Format;

/**
 * A LLaVA with random weights, which is written tensor by tensor and never held in memory.
 *
 * @param shape sizes
 * @param dtype F32, BF16 or F16
 * @param seed of the weights
 */
public record RandomLlava(LlavaShape shape, Dtype dtype, long seed) {

    private static final long SHARD_BYTES = 4L << 30;

    /**
     * Writes a folder in the layout of llava-hf's. {@code config.json} comes last: a folder without it is not complete.
     *
     * @param out a folder that does not exist yet, or an empty one
     * @param log gets a line with the size before anything is written
     * @throws KarutaException if the folder is in use, cannot be written, or its disk is too small
     */
    public void write(Path out, Consumer<String> log) {
        var shards = shards();
        var size = new DiskSpace(
                shards.stream().flatMap(List::stream).mapToLong(Source::bytes).sum());
        log.accept(shape.name() + " with " + shape.layers() + " decoder layers in " + dtype + ": " + size + " in "
                + shards.size() + " file(s)");
        try {
            EmptyFolder.prepare(out);
            size.require(out, "Take fewer layers or 16 bits, or another disk.");
            writeWeights(out, shards, size.bytes());
            write(out, "tokenizer.json", ByteTokenizer.of(shape.imageToken()));
            write(out, "preprocessor_config.json", RandomConfig.preprocessor(shape));
            write(out, "config.json", RandomConfig.model(shape, dtype));
        } catch (IOException e) {
            throw new KarutaException("Cannot write to " + out + ": " + e, "Check its access rights.", e);
        }
    }

    private List<List<Source>> shards() {
        var draws = RandomStream.of(seed, "random model");
        var shards = new ArrayList<List<Source>>();
        var left = 0L;
        for (var tensor : (Iterable<RandomTensor>) shape.tensors()::iterator) {
            var source = tensor.source(dtype, draws);
            if (shards.isEmpty() || source.bytes() > left) {
                shards.add(new ArrayList<>());
                left = SHARD_BYTES;
            }
            shards.get(shards.size() - 1).add(source);
            left -= source.bytes();
        }
        return shards;
    }

    private static void writeWeights(Path out, List<List<Source>> shards, long bytes) {
        Map<String, String> files = new HashMap<>();
        for (var i = 0; i < shards.size(); i++) {
            var name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafeTensorsWriter.write(out.resolve(name), shards.get(i), Map.of("format", "pt"));
            shards.get(i).forEach(tensor -> files.put(tensor.name(), name));
        }
        new ShardIndex(Format.SAFETENSORS, files).write(out, bytes);
    }

    private static void write(Path out, String name, JsonObject json) throws IOException {
        var text = new GsonBuilder()
                .setPrettyPrinting()
                .serializeNulls()
                .disableHtmlEscaping()
                .create()
                .toJson(json);
        Files.writeString(out.resolve(name), text + "\n");
    }
}
