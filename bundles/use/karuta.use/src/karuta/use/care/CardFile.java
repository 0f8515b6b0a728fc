package karuta.use.care;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import karuta.api.State;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Packing;
import karuta.tensor.SavedNames;
import karuta.tensor.TorchEngine;

/**
 * The safetensors file of a card, as whoever looks after cards sees it: what it is found by, and the rest.
 *
 * @param name for messages
 * @param bytes of the file
 */
record CardFile(String name, byte[] bytes) {

    /** Whether an array of a card's state is what it is found by: {@code key} or {@code key.FEATURE}. */
    private static boolean isKey(String array) {
        return array.equals(SavedNames.KEY) || array.startsWith(SavedNames.KEY + ".");
    }

    /** What the card is found by: rows of numbers, by the array's place and name. */
    Map<String, float[][]> keys() {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            var keys = new TreeMap<String, float[][]>();
            CardStates.states(name, bytes, manager)
                    .forEach((place, state) -> state.tensors().forEach((array, value) -> {
                        if (isKey(array)) {
                            keys.put(place + "/" + array, rows(value));
                        }
                    }));
            return keys;
        }
    }

    /** The names of the arrays in a pool's file of what belongs to no card. */
    static List<String> learned(byte[] rest) {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return CardStates.states("state", rest, manager).entrySet().stream()
                    .flatMap(place ->
                            place.getValue().tensors().keySet().stream().map(name -> place.getKey() + "/" + name))
                    .sorted()
                    .toList();
        }
    }

    private static float[][] rows(NDArray keys) {
        var numbers = keys.toFloatArray();
        var shape = keys.getShape();
        var width = (int) shape.get(shape.dimension() - 1);
        var rows = new float[numbers.length / width][width];
        for (var row = 0; row < rows.length; row++) {
            System.arraycopy(numbers, row * width, rows[row], 0, width);
        }
        return rows;
    }

    /**
     * The card with other keys.
     *
     * @param change gets the place and name of an array and the array, and makes another one in the same manager
     * @param packing how the file is stored
     */
    byte[] withKeys(BiFunction<String, NDArray, NDArray> change, Packing packing) {
        return CardStates.rewritten(
                name,
                bytes,
                states -> {
                    var changed = new HashMap<String, State>();
                    states.forEach((place, state) -> {
                        var arrays = new HashMap<>(state.tensors());
                        state.tensors().forEach((array, value) -> {
                            if (isKey(array)) {
                                arrays.put(array, change.apply(place + "/" + array, value));
                            }
                        });
                        changed.put(place, new State(arrays, state.metadata()));
                    });
                    return changed;
                },
                packing);
    }

    /** How alike the keys of two cards are: the smallest of the best cosines, over arrays and rows; 0 without keys. */
    static double alike(Map<String, float[][]> one, Map<String, float[][]> other) {
        return one.entrySet().stream()
                .flatMap(keys -> Arrays.stream(keys.getValue())
                        .map(row -> best(row, other.getOrDefault(keys.getKey(), new float[0][]))))
                .mapToDouble(Double::doubleValue)
                .min()
                .orElse(0);
    }

    private static double best(float[] row, float[][] others) {
        return Arrays.stream(others)
                .filter(other -> other.length == row.length)
                .mapToDouble(other -> cosine(row, other))
                .max()
                .orElse(-1);
    }

    private static double cosine(float[] one, float[] other) {
        var dot = 0.0;
        var own = 0.0;
        var others = 0.0;
        for (var i = 0; i < one.length; i++) {
            dot += (double) one[i] * other[i];
            own += (double) one[i] * one[i];
            others += (double) other[i] * other[i];
        }
        return own > 0 && others > 0 ? dot / Math.sqrt(own * others) : 0;
    }
}
