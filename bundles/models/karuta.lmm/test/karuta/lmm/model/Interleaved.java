package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.stream.LongStream;
import karuta.lmm.config.LlavaConfig;
import karuta.tensor.Ops;

/** What the reference feeds its decoder: words, with visual tokens in the places of the image token. */
public final class Interleaved {

    private Interleaved() {}

    /**
     * @param ids {@code [batch, tokens]}, with as many image tokens as there are visual ones
     * @param features {@code [batch, visual tokens, hidden]}
     * @return {@code [batch, tokens, hidden]}, float32
     */
    public static NDArray embeddings(Llama llama, LlavaConfig config, NDArray ids, NDArray features) {
        var rows = new NDList();
        for (var row = 0; row < ids.getShape().get(0); row++) {
            var tokens = ids.get(row).toLongArray();
            var at = (int) LongStream.of(tokens)
                    .takeWhile(id -> id != config.imageToken())
                    .count();
            NDArray known = ids.get(row).maximum(0); // the original layout's image token is negative
            NDArray words = Ops.cast(llama.embed(known), DataType.FLOAT32);
            NDArray before = words.get(new NDIndex(":" + at));
            NDArray after = words.get(new NDIndex((at + config.imageTokens()) + ":"));
            rows.add(
                    before.concat(Ops.cast(features.get(row), DataType.FLOAT32)).concat(after));
        }
        return NDArrays.stack(rows);
    }
}
