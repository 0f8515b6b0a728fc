package karuta.kit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Optional;
import karuta.api.Call;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.RandomStream;
import karuta.tensor.Tensors;

/**
 * Cards and calls out of plain numbers, for tests of selectors and fusions.
 *
 * @param manager owns the arrays
 */
public record ToyCards(NDManager manager) {

    /** A closed card of one task with one key and one soft token, both of the given numbers. */
    public Card closed(String task, float... key) {
        return card(task, false, key);
    }

    /** A card that is being trained. */
    public Card open(String task, float... key) {
        return card(task, true, key);
    }

    /** A closed card with one key for images and one for texts. */
    public Card twoKeys(String task, float[] image, float[] text) {
        var keys = row(image).concat(row(text), 0);
        return new Card(task, Optional.of(task), false, Optional.of(keys), List.of(new Tokens(row(image))));
    }

    /** A closed card that cannot be compared with anything. */
    public Card keyless(String task) {
        return new Card(task, Optional.of(task), false, Optional.empty(), List.of());
    }

    /** The call of a sample with a feature for each modality. */
    public Call call(float[] image, float[] text, Card... cards) {
        return call(guidance(Optional.of(image), Optional.of(text)), cards);
    }

    /** The call of a sample with given guidance. */
    public Call call(Guidance guidance, Card... cards) {
        return new Call(guidance, List.of(cards), RandomStream.of(1, "toy call"), Optional.empty());
    }

    /** The guidance of a sample that may lack a modality. */
    public Guidance guidance(Optional<float[]> image, Optional<float[]> text) {
        return new Guidance(image.map(this::vector), text.map(this::vector));
    }

    private Card card(String task, boolean open, float[] key) {
        NDArray row = row(key);
        return new Card(task, Optional.of(task), open, Optional.of(row), List.of(new Tokens(row)));
    }

    private NDArray vector(float[] numbers) {
        return Tensors.of(manager, numbers);
    }

    private NDArray row(float[] numbers) {
        return Tensors.of(manager, numbers, new Shape(1, numbers.length));
    }
}
