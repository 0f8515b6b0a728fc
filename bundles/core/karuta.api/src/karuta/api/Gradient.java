package karuta.api;

import ai.djl.ndarray.NDArray;

/**
 * What a loss says about a parameter.
 *
 * @param parameter what is differentiated by
 * @param value the derivative, of the parameter's shape
 */
public record Gradient(Parameter parameter, NDArray value) {}
