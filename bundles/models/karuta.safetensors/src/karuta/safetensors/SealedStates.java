package karuta.safetensors;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.State;

/**
 * What several strategies keep, in one file of {@link SealedTensors}: tensors and notes are named {@code PLACE/NAME}, by the
 * strategy's place in its arm.
 */
public final class SealedStates {

    private SealedStates() {}

    private record Flat(Map<String, NDArray> tensors, Map<String, String> notes) {

        static Flat of(Map<String, State> states) {
            var flat = new Flat(new HashMap<>(), new HashMap<>());
            states.forEach((place, state) -> {
                state.tensors().forEach((name, tensor) -> flat.tensors.put(place + "/" + name, tensor));
                state.metadata().forEach((name, text) -> flat.notes.put(place + "/" + name, text));
            });
            return flat;
        }
    }

    /**
     * Writes a file, in place of an older one.
     *
     * @throws KarutaException if it cannot be written
     */
    public static void write(Path path, Map<String, State> states) {
        var flat = Flat.of(states);
        SealedTensors.write(path, flat.tensors(), flat.notes());
    }

    /** The bytes of such a file. */
    public static byte[] bytes(Map<String, State> states) {
        var flat = Flat.of(states);
        return SealedTensors.bytes(flat.tensors(), flat.notes());
    }

    /**
     * Reads all, into arrays of the manager.
     *
     * @param file open
     * @return by place
     * @throws KarutaException if a number is none
     */
    public static Map<String, State> read(SafeTensors file, NDManager manager) {
        var tensors = new HashMap<String, Map<String, NDArray>>();
        file.names().forEach(name -> {
            var tensor = file.readFinite(name, manager, file.info(name).dtype().type());
            at(name, tensors).put(within(name), tensor);
        });
        var notes = new HashMap<String, Map<String, String>>();
        SealedTensors.notes(file).forEach((name, text) -> at(name, notes).put(within(name), text));
        var places = new HashSet<>(tensors.keySet());
        places.addAll(notes.keySet());
        var states = new HashMap<String, State>();
        places.forEach(place -> states.put(
                place, new State(tensors.getOrDefault(place, Map.of()), notes.getOrDefault(place, Map.of()))));
        return states;
    }

    /** The notes of one place. */
    public static Map<String, String> notes(SafeTensors file, String place) {
        var own = new HashMap<String, String>();
        SealedTensors.notes(file).forEach((name, text) -> {
            if (name.startsWith(place + "/")) {
                own.put(within(name), text);
            }
        });
        return own;
    }

    private static <T> Map<String, T> at(String name, Map<String, Map<String, T>> places) {
        return places.computeIfAbsent(name.split("/", 2)[0], place -> new HashMap<>());
    }

    private static String within(String name) {
        var parts = name.split("/", 2);
        return parts[parts.length - 1];
    }
}
