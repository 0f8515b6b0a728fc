package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Map;

/**
 * What a strategy keeps, as a safetensors file can hold it.
 *
 * @param tensors by name
 * @param metadata texts by name
 */
public record State(Map<String, NDArray> tensors, Map<String, String> metadata) {

    /** Nothing kept. */
    public static final State EMPTY = new State(Map.of(), Map.of());

    /** Copies both. */
    public State {
        tensors = Map.copyOf(tensors);
        metadata = Map.copyOf(metadata);
    }
}
