package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.files.Access;
import karuta.files.WholeFile;

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
        write(path, tensors.entrySet().stream().map(SafeTensorsWriter::source).toList(), metadata);
    }

    static Source source(Map.Entry<String, NDArray> tensor) {
        var array = tensor.getValue();
        var dtype = Dtype.of(array.getDataType())
                .orElseThrow(() -> new IllegalArgumentException(
                        "tensor " + tensor.getKey() + " of type " + array.getDataType() + " cannot be written"));
        return new Source(tensor.getKey(), dtype, array.getShape(), file -> {
            var bytes = array.toByteBuffer(true);
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        });
    }

    /**
     * A tensor that is made while it is written, so that a file may be larger than the memory.
     *
     * @param name of the tensor
     * @param dtype of its elements
     * @param shape of the tensor
     * @param content writes its bytes, little-endian, row by row
     */
    public record Source(String name, Dtype dtype, Shape shape, Content content) {

        /** @throws IllegalArgumentException if a tensor cannot have that name */
        public Source {
            if (!HeaderParser.isName(name) || name.equals("__metadata__")) {
                throw new IllegalArgumentException("a tensor cannot be called " + name);
            }
        }

        /** The size of its data. */
        public long bytes() {
            return Math.multiplyExact(shape.size(), (long) dtype.bytes());
        }
    }

    /** Writes the bytes of a tensor. */
    @FunctionalInterface
    public interface Content {

        /** @throws IOException if the file cannot be written */
        void writeTo(WritableByteChannel file) throws IOException;
    }

    /**
     * Writes a file, in place of an older one.
     *
     * @param path the file; its folder must exist
     * @param tensors of different names
     * @param metadata texts by name; Transformers and PEFT expect {@code format=pt}
     * @throws IllegalArgumentException if a tensor writes more or fewer bytes than it says
     * @throws KarutaException if the file cannot be written
     */
    public static void write(Path path, List<Source> tensors, Map<String, String> metadata) {
        var sorted = sorted(tensors);
        write(new WholeFile(path, Access.SHARED), header(sorted, metadata), sorted);
    }

    static List<Source> sorted(List<Source> tensors) {
        return tensors.stream()
                .sorted(Comparator.comparing(Source::dtype).thenComparing(Source::name))
                .toList();
    }

    static void write(WholeFile target, ByteBuffer header, List<Source> sorted) {
        try {
            target.fill(file -> {
                while (header.hasRemaining()) {
                    file.write(header);
                }
                for (var tensor : sorted) {
                    var end = file.position() + tensor.bytes();
                    tensor.content().writeTo(file);
                    if (file.position() != end) {
                        throw new IllegalArgumentException(
                                "tensor " + tensor.name() + " ends at " + file.position() + " instead of " + end);
                    }
                }
            });
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot write " + target.path() + ": " + e,
                    "Check the folder's access rights and the free space.",
                    e);
        }
    }

    static ByteBuffer header(List<Source> tensors, Map<String, String> metadata) {
        var object = new JsonObject();
        if (!metadata.isEmpty()) {
            var notes = new JsonObject();
            new TreeMap<>(metadata).forEach(notes::addProperty);
            object.add("__metadata__", notes);
        }
        var at = 0L;
        for (var tensor : tensors) {
            var info = new JsonObject();
            info.addProperty("dtype", tensor.dtype().name());
            info.add("shape", array(tensor.shape().getShape()));
            info.add("data_offsets", array(at, at += tensor.bytes()));
            object.add(tensor.name(), info);
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
