package karuta.lmm.config;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One naming for all the layouts that LLaVA's weights come in: those of Transformers before 4.52, from 4.52 and from
 * 5.6 on, and that of the LLaVA repository. The image tower is named as in CLIPModel ({@code vision_model.encoder...}),
 * the language model as in LlamaForCausalLM ({@code model.layers.0...}, {@code lm_head.weight}), and the projector
 * {@code multi_modal_projector.linear_1.weight}.
 */
public final class LlavaNames implements Function<String, Optional<String>> {

    private static final Pattern COMPUTED = Pattern.compile(".*(rotary_emb\\.inv_freq|\\.position_ids|image_newline)");
    private static final Pattern WRAPPED =
            Pattern.compile("model\\.(language_model|vision_tower|multi_modal_projector)\\..*");
    private static final Pattern ORIGINAL_PROJECTOR =
            Pattern.compile("model\\.mm_projector\\.(?:(\\d)\\.)?(weight|bias)");

    /**
     * The name of a tensor.
     *
     * @param stored as it is called in a file
     * @return nothing for a tensor that is computed, not loaded
     */
    @Override
    public Optional<String> apply(String stored) {
        return COMPUTED.matcher(stored).matches() ? Optional.empty() : Optional.of(plain(stored));
    }

    private static String plain(String stored) {
        var projector = ORIGINAL_PROJECTOR.matcher(stored);
        if (projector.matches()) {
            var module = projector.group(1) == null ? 0 : Integer.parseInt(projector.group(1));
            return "multi_modal_projector.linear_" + (module / 2 + 1) + "." + projector.group(2); // GELUs count, too
        }
        var name = WRAPPED.matcher(stored).matches() ? stored.substring("model.".length()) : stored;
        if (name.startsWith("vision_tower.")) {
            return "vision_model." + name.replaceFirst("^vision_tower\\.(vision_tower\\.)?(vision_model\\.)?", "");
        }
        if (name.startsWith("language_model.model.") || name.startsWith("language_model.lm_head.")) {
            return name.substring("language_model.".length());
        }
        return name.startsWith("language_model.") ? "model." + name.substring("language_model.".length()) : name;
    }
}
