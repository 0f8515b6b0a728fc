package karuta.lmm.model;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.DataType;
import java.util.List;
import java.util.Set;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.ClipTextConfig;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.StoredWeights;
import karuta.tensor.Autograd;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClipModelTest {

    private final NDManager manager = manager();
    private final ClipConfig config = ClipConfig.read(FIXTURES.resolve("clip"));
    private final ReadWeights weights =
            new ReadWeights(StoredWeights.open(FIXTURES.resolve("clip"), manager, DataType.FLOAT32));
    private final ClipModel clip = new ClipModel(config, weights);
    private final Reference reference = new Reference("clip_io", manager);

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        reference.close();
        manager.close();
    }

    @Test
    void usesEveryWeight() {
        assertEquals(Set.of(), weights.unread());
    }

    @Test
    void seesWhatTransformersSees() {
        var seen = clip.vision().forward(reference.get("pixel_values"));
        for (var i = 0; i < seen.hidden().size(); i++) {
            reference.assertEqual("vision_hs_" + i, seen.hidden().get(i));
        }
        reference.assertEqual("vision_pooler", seen.pooled());
    }

    /** Padding is not compared: the reference masks it, and it changes nothing before it. */
    @Test
    void readsWhatTransformersReads() {
        var read = clip.text().forward(reference.get("input_ids"));
        NDArray words = reference.get("attention_mask").toType(DataType.BOOLEAN, false);
        for (var i = 0; i < read.hidden().size(); i++) {
            assertEqualAt(words, "text_hs_" + i, read.hidden().get(i));
        }
        assertEqualAt(words, "text_last_hidden", read.last());
        reference.assertEqual("text_pooler", read.pooled());
    }

    private void assertEqualAt(NDArray places, String name, NDArray actual) {
        Reference.assertClose(name, reference.get(name).get(places), actual.get(places), 1e-5);
    }

    @Test
    void comparesImagesWithTexts() {
        NDArray pixels = reference.get("pixel_values");
        pixels.setRequiresGradient(true);
        Autograd.withGrad(() -> {
            NDArray images = clip.projectImage(clip.vision().forward(pixels).pooled());
            NDArray texts = clip.projectText(
                    clip.text().forward(reference.get("input_ids")).pooled());
            NDArray logits = clip.logitsPerImage(images, texts);
            reference.assertEqual("image_embeds", karuta.tensor.Ops.unit(images));
            reference.assertEqual("text_embeds", karuta.tensor.Ops.unit(texts));
            reference.assertEqual("logits_per_image", logits);
            reference.assertEqual("logits_per_text", logits.transpose());
            NDArray gradient = Autograd.gradients(logits::sum, List.of(pixels)).get(0);
            reference.assertEqual("d_sum_logits_d_pixels", gradient);
            return logits;
        });
    }

    @Test
    void legacyConfigurationsEndAtTheLargestId() {
        var text = config.text();
        var legacy = new ClipText(new ClipTextConfig(text.tower(), text.vocabulary(), text.positions(), 2), weights);
        reference.assertEqual(
                "text_pooler", legacy.forward(reference.get("input_ids")).pooled());
    }

    @Test
    void paddingChangesNothing() {
        NDArray ids = reference.get("input_ids");
        NDArray pooled = clip.text().forward(ids.get(new NDIndex("2:3, :2"))).pooled();
        Reference.assertClose("unpadded", reference.get("text_pooler").get(new NDIndex("2:3")), pooled, 1e-5);
    }
}
