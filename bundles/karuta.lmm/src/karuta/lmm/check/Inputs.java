package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import karuta.api.KarutaException;
import karuta.lmm.config.ClipVisionConfig;

/** Inputs that both kinds of models have. */
final class Inputs {

    private Inputs() {}

    /** Preprocessed pictures, {@code [pictures, 3, side, side]}. */
    static NDArray pixels(ReferenceFile file, ClipVisionConfig config) {
        NDArray pixels = file.input("pixel_values", 4);
        var needed = new Shape(pixels.getShape().get(0), 3, config.image(), config.image());
        if (!pixels.getShape().equals(needed)) {
            throw new KarutaException(
                    "pixel_values have the shape " + pixels.getShape() + "; the model needs " + needed + ".",
                    "Give the reference of this model.");
        }
        return pixels;
    }

    /**
     * Which tokens are no padding; all, if the reference does not say.
     *
     * @param shape {@code [batch, tokens]}
     * @return boolean, of that shape
     */
    static NDArray mask(ReferenceFile file, Shape shape) {
        if (!file.has("attention_mask")) {
            return all(file, shape);
        }
        NDArray mask = file.input("attention_mask", 2);
        if (!mask.getShape().equals(shape)) {
            throw new KarutaException(
                    "attention_mask has the shape " + mask.getShape() + "; the tokens have " + shape + ".",
                    "Check that both belong to the same reference.");
        }
        return mask.toType(DataType.BOOLEAN, false);
    }

    /** No padding anywhere. */
    static NDArray all(ReferenceFile file, Shape shape) {
        return file.ones(shape).toType(DataType.BOOLEAN, false);
    }

    /** @throws KarutaException if there is an id that is not in the vocabulary */
    static void requireKnown(ReferenceFile file, NDArray ids, int vocabulary) {
        for (var id : ids.toLongArray()) {
            if (id < 0 || id >= vocabulary) {
                throw new KarutaException(
                        file.path() + " asks for the token " + id + "; the model has " + vocabulary + ".",
                        "Give the reference of this model.");
            }
        }
    }
}
