package karuta.safetensors;

import ai.djl.ndarray.types.Shape;

/**
 * What a header says about a tensor.
 *
 * @param dtype element type
 * @param shape sizes; empty for a scalar
 * @param begin first byte, counted from the end of the header
 * @param end byte after the last one
 */
public record TensorInfo(Dtype dtype, Shape shape, long begin, long end) {

    /** Size of the data in bytes. */
    public long bytes() {
        return end - begin;
    }

    @Override
    public String toString() {
        return dtype + " " + shape;
    }
}
