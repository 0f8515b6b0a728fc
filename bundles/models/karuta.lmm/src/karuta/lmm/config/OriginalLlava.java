package karuta.lmm.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.api.KarutaException;

/** The configuration of the LLaVA repository's LlavaLlamaForCausalLM: that of its language model, and keys with mm. */
final class OriginalLlava {

    /** Stands for an image in the original's token ids. */
    private static final int IMAGE_TOKEN = -200;

    private static final Pattern PROJECTOR = Pattern.compile("mlp([1-8])x_gelu");

    private OriginalLlava() {}

    static boolean matches(Json json) {
        return !json.has("text_config") && json.has("mm_vision_tower");
    }

    static LlavaConfig read(Json json, Optional<Path> tower) {
        if (json.flag("mm_use_im_start_end", false)) {
            throw json.unsupported("mm_use_im_start_end", "true", "false");
        }
        var vision = ClipConfig.readVision(tower.orElseThrow(() -> new KarutaException(
                json.where() + " has its image tower elsewhere: "
                        + json.text("mm_vision_tower").orElse("?") + ".",
                "Give the folder of that CLIP model, too.")));
        var config = new LlavaConfig(
                LlavaConfig.Layout.ORIGINAL,
                vision,
                LlamaConfig.read(json, false),
                projector(json),
                json.wholes("mm_vision_select_layer", List.of(-2), -Limits.LAYERS, Limits.LAYERS),
                json.oneOf("mm_vision_select_feature", "patch", "cls_patch").equals("cls_patch"),
                IMAGE_TOKEN,
                json.oneOf("image_aspect_ratio", "square", "pad").equals("pad"));
        var size = json.whole("mm_hidden_size", config.featureSize(), 1, Limits.HIDDEN);
        if (size != config.featureSize()) {
            throw new KarutaException(
                    json.where() + " needs an image tower of size " + size + "; the one given has "
                            + config.featureSize() + ".",
                    "Give the folder of " + json.text("mm_vision_tower").orElse("the right tower") + ".");
        }
        return config;
    }

    private static Projector projector(Json json) {
        var type = json.text("mm_projector_type").orElse("linear");
        var layers = PROJECTOR.matcher(type);
        if (type.equals("linear")) {
            return new Projector(1, true);
        }
        if (!layers.matches()) {
            throw json.unsupported("mm_projector_type", type, "linear or mlp2x_gelu");
        }
        return new Projector(Integer.parseInt(layers.group(1)), true);
    }
}
