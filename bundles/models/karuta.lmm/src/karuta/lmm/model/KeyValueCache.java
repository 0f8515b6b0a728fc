package karuta.lmm.model;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.List;

/**
 * Keys (rotated) and values of the tokens that a decoder has read, per layer {@code [batch, key-value heads, tokens,
 * head size]}. A pass that is given it attends to them and adds its own tokens.
 */
public final class KeyValueCache implements AutoCloseable {

    record Entry(NDArray keys, NDArray values) {

        void close() {
            keys.close();
            values.close();
        }
    }

    private final List<Entry> layers = new ArrayList<>();

    boolean isEmpty(int layer) {
        return layers.size() <= layer;
    }

    Entry get(int layer) {
        return layers.get(layer);
    }

    void put(int layer, NDArray keys, NDArray values) {
        var entry = new Entry(keys, values);
        if (isEmpty(layer)) {
            layers.add(entry);
        } else {
            layers.set(layer, entry).close(); // what it held is part of the new entry
        }
    }

    /** All arrays, to be kept when the scope of a step ends. */
    public List<NDArray> arrays() {
        var arrays = new ArrayList<NDArray>();
        for (var layer : layers) {
            arrays.add(layer.keys());
            arrays.add(layer.values());
        }
        return arrays;
    }

    /** Frees everything. */
    @Override
    public void close() {
        layers.forEach(Entry::close);
        layers.clear();
    }
}
