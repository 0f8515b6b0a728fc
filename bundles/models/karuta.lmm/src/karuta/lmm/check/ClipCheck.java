package karuta.lmm.check;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.model.ClipModel;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;

/**
 * Computes what a reference of a CLIP model holds.
 *
 * @param config sizes
 * @param model both towers
 * @param file inputs and expected outputs
 * @param findings where the results go
 */
record ClipCheck(ClipConfig config, ClipModel model, ReferenceFile file, Comparisons findings) {

    static final Set<String> INPUTS = Set.of("pixel_values", "input_ids", "attention_mask");

    static final Pattern OUTPUTS = Pattern.compile("image_embeds|text_embeds|logits_per_image|logits_per_text"
            + "|vision_pooler|text_pooler|text_last_hidden|vision_hs_\\d+|text_hs_\\d+|d_sum_logits_d_pixels");

    private static final String GRADIENT = "d_sum_logits_d_pixels";

    void run() {
        if (file.expects(GRADIENT)) {
            Autograd.withGrad(this::compute);
        } else {
            Autograd.noGrad(this::compute);
        }
    }

    private boolean compute() {
        var pixels = file.has("pixel_values") ? Optional.of(pixels()) : Optional.<NDArray>empty();
        var images = pixels.map(this::images);
        var texts = file.has("input_ids") ? Optional.of(texts()) : Optional.<NDArray>empty();
        if (images.isPresent() && texts.isPresent()) {
            NDArray logits = model.logitsPerImage(images.get(), texts.get());
            findings.compare("logits_per_image", logits);
            findings.compare("logits_per_text", logits.transpose());
            if (file.expects(GRADIENT)) {
                findings.compare(
                        GRADIENT,
                        Autograd.gradients(logits::sum, List.of(pixels.get())).get(0));
            }
        }
        return true;
    }

    private NDArray pixels() {
        NDArray pixels = Inputs.pixels(file, config.vision());
        pixels.setRequiresGradient(file.expects(GRADIENT));
        return pixels;
    }

    private NDArray images(NDArray pixels) {
        var states = model.vision().forward(pixels);
        for (var i = 0; i < states.hidden().size(); i++) {
            findings.compareStates("vision_hs_" + i, states.hidden().get(i));
        }
        findings.compare("vision_pooler", states.pooled());
        NDArray images = model.projectImage(states.pooled());
        findings.compare("image_embeds", Ops.unit(images));
        return images;
    }

    private NDArray texts() {
        NDArray ids = file.input("input_ids", 2);
        if (ids.getShape().get(1) > config.text().positions()) {
            throw new KarutaException(
                    file.path() + " has texts of " + ids.getShape().get(1) + " tokens; the model reads up to "
                            + config.text().positions() + ".",
                    "Give the reference of this model.");
        }
        Inputs.requireKnown(file, ids, config.text().vocabulary());
        NDArray words = Inputs.mask(file, ids.getShape(), 0);
        var read = model.text().forward(ids, Inputs.causal(words));
        for (var i = 0; i < read.hidden().size(); i++) {
            findings.compareAt(words, "text_hs_" + i, read.hidden().get(i), ErrorNorm.CHANNELS);
        }
        findings.compareAt(words, "text_last_hidden", read.last(), ErrorNorm.CHANNELS);
        findings.compare("text_pooler", read.pooled());
        NDArray texts = model.projectText(read.pooled());
        findings.compare("text_embeds", Ops.unit(texts));
        return texts;
    }
}
