package karuta.lmm.model;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import karuta.lmm.Toy;
import karuta.tensor.Ops;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HalfPrecisionTest {

    @TempDir
    Path folder;

    /** In 16 bits the logits are no further from those in 32 bits than 1.5 times as far as Transformers' own are. */
    @ParameterizedTest
    @EnumSource(names = {"BF16", "FP16"})
    void losesNoMoreThanTransformers(Precision precision) throws IOException {
        TorchEngine.start();
        Toy.llava(folder);
        try (var manager = NDManager.newBaseManager();
                var single = new Reference("llava_io", manager);
                var half = new Reference("llava_" + precision.name().toLowerCase(Locale.ROOT), manager)) {
            var model = LlavaModel.load(
                    new LlavaModel.Source(folder, Optional.empty(), precision, Optional.empty()), manager);
            var seen = model.imageEncoder().vision().forward(single.get("pixel_values"));
            NDArray features = model.projector().forward(model.visualTokens(seen));
            NDArray words = Interleaved.embeddings(model.llama(), model.config(), single.get("input_ids"), features);
            NDArray valid = single.get("attention_mask").toType(DataType.BOOLEAN, false);
            NDArray states = model.llama().forward(words, DecoderContext.causal(valid));
            NDArray places = manager.arange(0, 50, 1, DataType.INT64);
            NDArray logits = model.llama().logits(states, places).reshape(2, 25, -1);
            assertNotFurther(single.get("logits").get(valid), half.get("logits").get(valid), logits.get(valid));
            assertNotFurther(
                    single.get("image_features"), half.get("image_features"), Ops.cast(features, DataType.FLOAT32));
        }
    }

    private static void assertNotFurther(NDArray exact, NDArray theirs, NDArray ours) {
        var scale = exact.abs().max().getFloat();
        var error = ours.sub(exact).abs().max().getFloat() / scale;
        var allowed = 1.5 * theirs.sub(exact).abs().max().getFloat() / scale;
        assertTrue(error > 1e-5, "the weights are not in 16 bits: " + error);
        assertTrue(error <= allowed, error + " > " + allowed);
    }
}
