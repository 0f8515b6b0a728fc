package karuta.baseline.replay;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.Pixels;
import karuta.api.Query;
import karuta.api.Turn;
import karuta.tensor.Tensors;

/**
 * A kept example: its pixels and texts, nothing that the frozen model made of them.
 *
 * @param picture with its pixels in memory
 * @param earlier what was said before in the same conversation
 * @param instruction the question
 * @param answer the reference answer
 * @param truth the true task, kept only in an arm that the study marks {@code analysis}
 */
record StoredExample(
        Optional<KeptPicture> picture, List<Turn> earlier, String instruction, String answer, Optional<String> truth) {

    /**
     * A picture that is held in memory.
     *
     * @param fingerprint of the original, so that its features are found again
     * @param pixels its content
     */
    record KeptPicture(String fingerprint, Pixels pixels) implements Image {}

    static StoredExample of(Input input, String answer) {
        var query = input.query();
        return new StoredExample(
                query.image().map(image -> new KeptPicture(image.fingerprint(), image.pixels())),
                query.earlier(),
                query.instruction(),
                answer,
                input.trueTask());
    }

    Query query() {
        return new Query(picture.map(kept -> kept), earlier, instruction);
    }

    /** Raw pixels and UTF-8 text. */
    long bytes() {
        var before = earlier.stream()
                .mapToLong(turn -> size(turn.question()) + size(turn.answer()))
                .sum();
        return picture.map(kept -> kept.pixels().rgb().length).orElse(0) + before + size(instruction) + size(answer);
    }

    private static int size(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    /** Writes it as {@code I.pixels} [height, width, 3], uint8, and notes. */
    void write(int i, NDManager manager, Map<String, NDArray> tensors, Map<String, String> notes) {
        picture.ifPresent(kept -> {
            var pixels = kept.pixels();
            var shape = new Shape(pixels.height(), pixels.width(), 3);
            tensors.put(i + ".pixels", Tensors.of(manager, pixels.rgb(), shape));
            notes.put(i + ".fingerprint", kept.fingerprint());
        });
        for (var turn = 0; turn < earlier.size(); turn++) {
            notes.put(i + ".earlier." + turn + ".question", earlier.get(turn).question());
            notes.put(i + ".earlier." + turn + ".answer", earlier.get(turn).answer());
        }
        notes.put(i + ".instruction", instruction);
        notes.put(i + ".answer", answer);
        truth.ifPresent(task -> notes.put(i + ".truth", task));
    }

    static StoredExample read(int i, Map<String, NDArray> tensors, Map<String, String> notes) {
        var picture = Optional.ofNullable(notes.get(i + ".fingerprint"))
                .map(fingerprint -> new KeptPicture(fingerprint, pixels(tensors.get(i + ".pixels"))));
        return new StoredExample(
                picture,
                earlier(i, notes),
                notes.getOrDefault(i + ".instruction", ""),
                notes.getOrDefault(i + ".answer", ""),
                Optional.ofNullable(notes.get(i + ".truth")));
    }

    private static List<Turn> earlier(int i, Map<String, String> notes) {
        var turns = new ArrayList<Turn>();
        for (var turn = 0; notes.containsKey(i + ".earlier." + turn + ".question"); turn++) {
            turns.add(new Turn(
                    notes.get(i + ".earlier." + turn + ".question"),
                    notes.getOrDefault(i + ".earlier." + turn + ".answer", "")));
        }
        return turns;
    }

    private static Pixels pixels(NDArray array) {
        var shape = array.getShape();
        return new Pixels((int) shape.get(1), (int) shape.get(0), array.toByteArray());
    }
}
