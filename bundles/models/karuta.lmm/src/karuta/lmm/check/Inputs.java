package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import karuta.api.KarutaException;
import karuta.lmm.config.ClipVisionConfig;
import karuta.lmm.model.DecoderContext;

/** Inputs that both kinds of models have. */
final class Inputs {

    private Inputs() {}

    /** Preprocessed images, {@code [images, 3, side, side]}. */
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
     * @param soft how many of the tokens are soft ones, which stand first
     * @return boolean, of that shape
     */
    static NDArray mask(ReferenceFile file, Shape shape, long soft) {
        return file.has("attention_mask")
                ? ofTokens(file, "attention_mask", shape, soft, 1).toType(DataType.BOOLEAN, false)
                : all(file, shape);
    }

    /**
     * A number for each token. That of the soft tokens may be left out, as it is where PEFT puts them in front.
     *
     * @param shape {@code [batch, tokens]}
     * @param soft how many of the tokens are soft ones, which stand first
     * @param absent what a soft token gets that is left out
     */
    static NDArray ofTokens(ReferenceFile file, String name, Shape shape, long soft, long absent) {
        NDArray numbers = file.input(name, 2).toType(DataType.INT64, false);
        var rows = numbers.getShape().get(0);
        if (rows == shape.get(0) && numbers.getShape().get(1) + soft == shape.get(1)) {
            NDArray front = numbers.getManager().full(new Shape(rows, soft), absent, DataType.INT64);
            numbers = soft == 0 ? numbers : front.concat(numbers, 1);
        }
        if (!numbers.getShape().equals(shape)) {
            throw new KarutaException(
                    name + " has the shape " + numbers.getShape() + "; the tokens have " + shape + ".",
                    "Check that both belong to the same reference.");
        }
        return numbers;
    }

    /**
     * Each token attends to itself and to those before it, but not to padding; padding before all words attends to
     * nothing, and gets nothing, as in Transformers' default attention.
     *
     * @param valid which tokens are no padding, {@code [batch, tokens]}, boolean
     * @return {@code [batch, 1, tokens, tokens]}, boolean
     */
    static NDArray causal(NDArray valid) {
        return DecoderContext.causal(valid)
                .mask()
                .logicalAnd(valid.expandDims(1).expandDims(1));
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
