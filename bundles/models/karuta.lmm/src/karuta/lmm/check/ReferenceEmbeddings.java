package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import karuta.api.KarutaException;
import karuta.lmm.model.LlavaModel;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/** A reference's tokens as the decoder reads them. */
final class ReferenceEmbeddings {

    private ReferenceEmbeddings() {}

    /** What the projector makes of the images, {@code [images, visual tokens, hidden]}, float32. */
    static NDArray features(LlavaModel model, ReferenceFile file) {
        var states = model.imageEncoder()
                .vision()
                .forward(Inputs.pixels(file, model.config().vision()));
        return Ops.cast(model.projector().forward(model.visualTokens(states)), DataType.FLOAT32);
    }

    /**
     * Words, with visual tokens in the places of the image token, in their order, as Transformers scatters them.
     *
     * @return {@code [batch, tokens, hidden]}, float32
     * @throws KarutaException if there are not as many image tokens as visual tokens
     */
    static NDArray embeddings(LlavaModel model, ReferenceFile file) {
        NDArray ids = file.input("input_ids", 2);
        var tokens = ids.toLongArray();
        var image = model.config().imageToken();
        var index = new long[tokens.length];
        var images = 0;
        for (var i = 0; i < tokens.length; i++) {
            index[i] = tokens[i] == image ? tokens.length + images++ : i;
        }
        var known = Arrays.stream(tokens).map(id -> id == image ? 0 : id).toArray(); // the original layout's is -200
        NDArray rows = Tensors.of(ids.getManager(), known);
        Inputs.requireKnown(file, rows, model.config().text().vocabulary());
        NDArray table = Ops.cast(model.llama().embed(rows), DataType.FLOAT32);
        if (images > 0) {
            var features = features(model, file);
            NDArray states = features.reshape(-1, model.config().text().hidden());
            requireExpanded(file, images, features.getShape());
            table = table.concat(states);
        }
        return Ops.rows(table, Tensors.of(ids.getManager(), index, ids.getShape()));
    }

    private static void requireExpanded(ReferenceFile file, long imageTokens, Shape features) {
        if (imageTokens != features.get(0) * features.get(1)) {
            throw new KarutaException(
                    file.path() + " has " + imageTokens + " image tokens for " + features.get(0) + " images of "
                            + features.get(1) + " visual tokens each.",
                    "A reference's input_ids hold an image token for each visual token, as Transformers' processor"
                            + " makes them.");
        }
    }
}
