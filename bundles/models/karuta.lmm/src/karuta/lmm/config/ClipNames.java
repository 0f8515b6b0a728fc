package karuta.lmm.config;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The names of Transformers' CLIPModel for the weights of a CLIP model, and for those of a single tower, which lack the
 * tower's name if Transformers 5.6 or later wrote them.
 */
public final class ClipNames implements Function<String, Optional<String>> {

    private static final Pattern COMPUTED = Pattern.compile(".*\\.position_ids");
    private static final Pattern BARE =
            Pattern.compile("(embeddings|encoder|pre_layrnorm|post_layernorm|final_layer_norm)\\..*");

    private final String tower;

    /** @param stored the names of all tensors, which show what tower bare names belong to */
    public ClipNames(Set<String> stored) {
        tower = stored.contains("embeddings.token_embedding.weight") ? "text_model." : "vision_model.";
    }

    /**
     * The name of a tensor.
     *
     * @param stored as it is called in a file
     * @return nothing for a tensor that is computed, not loaded
     */
    @Override
    public Optional<String> apply(String stored) {
        if (COMPUTED.matcher(stored).matches()) {
            return Optional.empty();
        }
        return Optional.of(BARE.matcher(stored).matches() ? tower + stored : stored);
    }
}
