package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.Optional;

/**
 * The guidance features of one sample, not normalised. A modality may be absent.
 *
 * @param image {@code u}, {@code [c]}
 * @param text {@code v}, {@code [c]}
 */
public record Guidance(Optional<NDArray> image, Optional<NDArray> text) {}
