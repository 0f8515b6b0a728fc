package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.tensor.Tensors;

/** Arrays that a reference wrote as text: for each a line with its name and shape, and a line with its numbers. */
public final class ReferenceArrays {

    private ReferenceArrays() {}

    /** @return float32 arrays by name, in the file's order */
    public static Map<String, NDArray> read(Path file, NDManager manager) {
        try {
            return read(Files.readAllLines(file), manager);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return float32 arrays by name, in the order of the lines */
    public static Map<String, NDArray> read(List<String> lines, NDManager manager) {
        var arrays = new LinkedHashMap<String, NDArray>();
        for (var i = 0; i < lines.size(); i += 2) {
            var head = lines.get(i).split(" ");
            var shape = new Shape(
                    Arrays.stream(head).skip(1).mapToLong(Long::parseLong).toArray());
            var texts = lines.get(i + 1).split(" ");
            var numbers = new float[texts.length];
            for (var j = 0; j < numbers.length; j++) {
                numbers[j] = Float.parseFloat(texts[j]);
            }
            arrays.put(head[0], Tensors.of(manager, numbers, shape));
        }
        return arrays;
    }
}
