package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.Optional;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.StrategyContext;

/** What is put into the backbone, weighed; for fusions. */
public final class Inserts {

    private Inserts() {}

    /**
     * Multiplied by a weight, such as that of a pick: soft tokens, keys and values of a prefix (CODA-Prompt, equation 3), what an
     * adapter adds. Gradients flow into both.
     *
     * @param weight a scalar
     */
    public static Insert weighed(Insert insert, NDArray weight) {
        if (insert instanceof Tokens tokens) {
            return new Tokens(tokens.embeddings().mul(weight));
        }
        if (insert instanceof Prefix prefix) {
            return new Prefix(
                    prefix.layer(), prefix.keys().mul(weight), prefix.values().mul(weight));
        }
        var adapter = (Adapter) insert;
        return new Adapter(
                adapter.linear(),
                adapter.delta(),
                adapter.weight().map(weight::mul).or(() -> Optional.of(weight)));
    }

    /** Multiplied by a plain number. */
    public static Insert weighed(Insert insert, double weight, StrategyContext context) {
        return weighed(insert, Tensors.of(context.manager(), (float) weight).squeeze());
    }
}
