package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Map;
import karuta.api.Guidance;
import karuta.api.RandomStream;
import karuta.api.StageData;
import karuta.api.StrategyContext;

/**
 * How the cards of a {@link StagedPromptPool} are found: what their keys are made of, what of it is trained, and what stays when the
 * stage ends. Whoever makes keys of something else says only what differs. Stateless: the pool keeps all arrays.
 */
public interface CardKeys {

    /**
     * What is trained for a card's keys beside its prompt, with its first values.
     *
     * @return by name; the pool trains copies
     */
    default Map<String, NDArray> start(RandomStream draws, StrategyContext context) {
        return Map.of();
    }

    /** Factor on the learning rate of what {@link #start} gives. */
    default double rate() {
        return 1;
    }

    /**
     * The keys of a card that is trained, as they are now, with gradients into what they are made of.
     *
     * @param prompt {@code [M, d]}
     * @param trained what {@link #start} gave, as it is now
     * @return by feature, {@code [n, width of the feature]}; empty if there are none before the stage ends
     */
    default Map<String, NDArray> of(NDArray prompt, Map<String, NDArray> trained) {
        return Map.of();
    }

    /**
     * What the keys add to the loss of a batch, each term already weighted.
     *
     * @param keys of a card that is trained, as {@link #of} gives them
     */
    default Map<String, NDArray> losses(Map<String, NDArray> keys, List<Guidance> batch) {
        return Map.of();
    }

    /**
     * The keys that stay.
     *
     * @param last what {@link #of} gives when the stage ends
     * @param data the training examples of the stage
     * @return by feature, {@code [n, width of the feature]}; the pool keeps copies
     */
    default Map<String, NDArray> closed(Map<String, NDArray> last, StageData data, StrategyContext context) {
        return last;
    }
}
