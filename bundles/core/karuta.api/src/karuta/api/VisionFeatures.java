package karuta.api;

import ai.djl.ndarray.NDArray;

/**
 * What a frozen vision tower saw in one picture. One forward pass serves the backbone's tokens and the guidance feature.
 *
 * @param encoderFingerprint fingerprint of the tower and its preprocessing; an encoder may reuse {@code pooled} only if it is its own
 * @param tokens the visual tokens before the projector, {@code [tokens, vision hidden]}
 * @param pooled the pooled state before the visual projection, {@code [vision hidden]}
 */
public record VisionFeatures(String encoderFingerprint, NDArray tokens, NDArray pooled) {}
