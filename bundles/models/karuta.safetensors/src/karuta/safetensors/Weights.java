package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.CRC32C;
import karuta.api.KarutaException;

/** The weights of a model, by name. They are frozen: an array may share pages with its file and is for reading only. */
public interface Weights {

    /** Where they come from, for messages. */
    String source();

    /** The names of all tensors. */
    Set<String> names();

    /**
     * The shape of a tensor as it is stored.
     *
     * @throws KarutaException if there is no such tensor
     */
    Shape shape(String name);

    /**
     * A tensor of the shape that the model needs.
     *
     * @param name which
     * @param shape expected sizes; none for a scalar
     * @throws KarutaException if there is no such tensor, or it has another shape; nothing is allocated before that is
     *     known
     */
    NDArray get(String name, long... shape);

    /**
     * Names the bytes of a tensor (CRC-32C, hexadecimal), as they are stored where they are: equal checksums mean, in all likelihood, equal tensors.
     *
     * @throws KarutaException if there is no such tensor, or one of its numbers, as it is stored, is NaN or infinite
     */
    default String checksum(String name) {
        var sum = new CRC32C();
        sum.update(get(name, shape(name).getShape()).toByteBuffer(true));
        return Long.toHexString(sum.getValue());
    }

    /** Whether there is a tensor of that name. */
    default boolean has(String name) {
        return names().contains(name);
    }

    /** The tensors whose names start with {@code prefix}, under the rest of their names. */
    default Weights under(String prefix) {
        return new PrefixedWeights(this, prefix);
    }

    /**
     * The same tensors under other names.
     *
     * @param names gives the new name of an old one, or nothing for a tensor that no model needs
     * @throws KarutaException if two tensors get the same name
     */
    default Weights renamed(Function<String, Optional<String>> names) {
        return RenamedWeights.of(this, names);
    }

    /** These weights, and those of another model beside them. */
    default Weights with(Weights others) {
        return new JoinedWeights(this, others);
    }
}
