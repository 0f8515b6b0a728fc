package karuta.rehearsal;

import static java.util.stream.Collectors.toMap;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.StrategyContext;
import karuta.api.Turn;
import karuta.tensor.Tensors;

/**
 * A stored example: its pixels and texts, nothing that the frozen model made of them, and what a method keeps with it.
 *
 * @param query with its pixels in memory
 * @param answer the reference answer
 * @param trueTask stored only in an arm that the study marks {@code analysis}
 * @param tensors what a method keeps with it, such as logits, by name; freed when the example is closed
 */
public record StoredExample(Query query, String answer, Optional<String> trueTask, Map<String, NDArray> tensors)
        implements AutoCloseable {

    /** Copies the map. */
    public StoredExample {
        tensors = Map.copyOf(tensors);
    }

    /**
     * An image that is held in memory.
     *
     * @param fingerprint of the original, so that its features are found again
     * @param pixels its content
     */
    private record StoredImage(String fingerprint, Pixels pixels) implements Image {}

    /** Reads an example's pixels. */
    public static StoredExample of(Input input, String answer) {
        return of(input, answer, Map.of());
    }

    /**
     * Reads an example's pixels.
     *
     * @param tensors what is kept with it
     */
    public static StoredExample of(Input input, String answer, Map<String, NDArray> tensors) {
        var query = input.query();
        var images = query.images().stream()
                .<Image>map(image -> new StoredImage(image.fingerprint(), image.pixels()))
                .toList();
        return new StoredExample(
                new Query(images, query.earlier(), query.instruction()), answer, input.trueTask(), tensors);
    }

    /** The same example with copies of the tensors that live until it is closed. */
    public StoredExample kept(StrategyContext context) {
        var copies = new HashMap<>(tensors);
        copies.replaceAll((name, tensor) -> context.keep(tensor));
        return new StoredExample(query, answer, trueTask, copies);
    }

    /** Raw pixels, UTF-8 text, and the tensors. */
    public long bytes() {
        var pixels = query.images().stream()
                .mapToLong(image -> image.pixels().rgb().length)
                .sum();
        var before = query.earlier().stream()
                .mapToLong(turn -> size(turn.question()) + size(turn.answer()))
                .sum();
        var numbers = tensors.values().stream()
                .mapToLong(tensor -> tensor.size() * tensor.getDataType().getNumOfBytes())
                .sum();
        return pixels + before + size(query.instruction()) + size(answer) + numbers;
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Writes it as {@code I.image.J} [height, width, 3], uint8, {@code I.tensor.NAME}, and metadata. */
    public void write(int i, NDManager manager, Map<String, NDArray> state, Map<String, String> metadata) {
        for (var j = 0; j < query.images().size(); j++) {
            var image = query.images().get(j);
            var pixels = image.pixels();
            var shape = new Shape(pixels.height(), pixels.width(), 3);
            state.put(i + ".image." + j, Tensors.of(manager, pixels.rgb(), shape));
            metadata.put(i + ".image." + j + ".fingerprint", image.fingerprint());
        }
        for (var turn = 0; turn < query.earlier().size(); turn++) {
            metadata.put(
                    i + ".earlier." + turn + ".question",
                    query.earlier().get(turn).question());
            metadata.put(
                    i + ".earlier." + turn + ".answer",
                    query.earlier().get(turn).answer());
        }
        metadata.put(i + ".instruction", query.instruction());
        metadata.put(i + ".answer", answer);
        trueTask.ifPresent(task -> metadata.put(i + ".trueTask", task));
        tensors.forEach((name, tensor) -> state.put(i + ".tensor." + name, tensor));
    }

    /** Reads what {@link #write} wrote; the tensors are those of the state. */
    public static StoredExample read(int i, Map<String, NDArray> state, Map<String, String> metadata) {
        var images = new ArrayList<Image>();
        for (var j = 0; metadata.containsKey(i + ".image." + j + ".fingerprint"); j++) {
            images.add(new StoredImage(
                    metadata.get(i + ".image." + j + ".fingerprint"), pixels(state.get(i + ".image." + j))));
        }
        return new StoredExample(
                new Query(images, earlier(i, metadata), metadata.getOrDefault(i + ".instruction", "")),
                metadata.getOrDefault(i + ".answer", ""),
                Optional.ofNullable(metadata.get(i + ".trueTask")),
                tensors(i + ".tensor.", state));
    }

    private static Map<String, NDArray> tensors(String prefix, Map<String, NDArray> state) {
        return state.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(toMap(entry -> entry.getKey().substring(prefix.length()), Map.Entry::getValue));
    }

    private static List<Turn> earlier(int i, Map<String, String> metadata) {
        var turns = new ArrayList<Turn>();
        for (var turn = 0; metadata.containsKey(i + ".earlier." + turn + ".question"); turn++) {
            turns.add(new Turn(
                    metadata.get(i + ".earlier." + turn + ".question"),
                    metadata.getOrDefault(i + ".earlier." + turn + ".answer", "")));
        }
        return turns;
    }

    private static Pixels pixels(NDArray array) {
        var shape = array.getShape();
        return new Pixels((int) shape.get(1), (int) shape.get(0), array.toByteArray());
    }

    /** Frees the tensors. */
    @Override
    public void close() {
        tensors.values().forEach(NDArray::close);
    }
}
