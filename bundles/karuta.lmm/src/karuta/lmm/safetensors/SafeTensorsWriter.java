package karuta.lmm.safetensors;

import ai.djl.ndarray.NDArray;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;

/** Writes safetensors files: whole or not at all, and equal input gives equal bytes. */
public final class SafeTensorsWriter {

    private SafeTensorsWriter() {}

    /**
     * Writes a file, in place of an older one.
     *
     * @param path the file; its folder must exist
     * @param tensors by name, of the types of {@link Dtype} without bfloat16
     * @param metadata texts by name; Transformers and PEFT expect {@code format=pt}
     * @throws IllegalArgumentException if a tensor's name or type is not what {@link SafeTensors} reads
     * @throws KarutaException if the file cannot be written
     */
    public static void write(Path path, Map<String, NDArray> tensors, Map<String, String> metadata) {
        var entries = sorted(tensors);
        var header = header(entries, metadata);
        WholeFile.write(path, file -> {
            WholeFile.put(file, header);
            for (var entry : entries) {
                WholeFile.put(file, entry.array().toByteBuffer(true));
            }
        });
    }

    private record Entry(String name, NDArray array, Dtype dtype) {

        static Entry of(String name, NDArray array) {
            if (!HeaderParser.isName(name) || name.equals("__metadata__")) {
                throw new IllegalArgumentException("a tensor cannot be called " + name);
            }
            var dtype = Dtype.of(array.getDataType())
                    .orElseThrow(() -> new IllegalArgumentException(
                            "tensor " + name + " of type " + array.getDataType() + " cannot be written"));
            return new Entry(name, array, dtype);
        }

        long bytes() {
            return Math.multiplyExact(array.size(), (long) dtype.bytes());
        }
    }

    private static List<Entry> sorted(Map<String, NDArray> tensors) {
        return tensors.entrySet().stream()
                .map(e -> Entry.of(e.getKey(), e.getValue()))
                .sorted(Comparator.comparing(Entry::dtype).thenComparing(Entry::name))
                .toList();
    }

    private static ByteBuffer header(List<Entry> entries, Map<String, String> metadata) {
        var object = new JsonObject();
        if (!metadata.isEmpty()) {
            var notes = new JsonObject();
            new TreeMap<>(metadata).forEach(notes::addProperty);
            object.add("__metadata__", notes);
        }
        var at = 0L;
        for (var entry : entries) {
            var tensor = new JsonObject();
            tensor.addProperty("dtype", entry.dtype().name());
            tensor.add("shape", array(entry.array().getShape().getShape()));
            tensor.add("data_offsets", array(at, at += entry.bytes()));
            object.add(entry.name(), tensor);
        }
        var text = object.toString().getBytes(StandardCharsets.UTF_8);
        var length = (text.length + 7) / 8 * 8;
        var buffer = ByteBuffer.allocate(8 + length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(length).put(text);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        return buffer.flip();
    }

    private static JsonArray array(long... numbers) {
        var array = new JsonArray(numbers.length);
        for (var number : numbers) {
            array.add(number);
        }
        return array;
    }
}
