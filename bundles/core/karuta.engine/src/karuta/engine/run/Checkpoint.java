package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.files.Sha256;
import karuta.safetensors.SealedTensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the strategies of a run keep after a stage: {@code checkpoint-STAGE.safetensors}, with tensors and notes (its
 * metadata) named {@code PLACE/NAME}; the file says its own SHA-256.
 *
 * @param file where
 */
record Checkpoint(Path file) {

    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

    void write(Map<String, State> states) {
        var tensors = new HashMap<String, NDArray>();
        var notes = new HashMap<String, String>();
        states.forEach((place, state) -> {
            state.tensors().forEach((name, tensor) -> tensors.put(place + "/" + name, tensor));
            state.metadata().forEach((name, text) -> notes.put(place + "/" + name, text));
        });
        SealedTensors.write(file, tensors, notes);
    }

    /** @throws KarutaException if it is not there or not as it was written */
    void check() {
        SealedTensors.open(file).close();
    }

    /** Its SHA-256. */
    String hash() {
        try {
            return Sha256.of(file);
        } catch (IOException unreadable) {
            throw new KarutaException("Cannot read " + file + ": " + unreadable, "Look at the disk.", unreadable);
        }
    }

    /**
     * The notes of one place.
     *
     * @throws KarutaException if it is not there or not as it was written
     */
    Map<String, String> notes(String place) {
        try (var kept = SealedTensors.open(file)) {
            var own = new HashMap<String, String>();
            SealedTensors.notes(kept).forEach((name, text) -> {
                if (name.startsWith(place + "/")) {
                    own.put(within(name), text);
                }
            });
            return own;
        }
    }

    /**
     * Reads what was kept; the scope around the call frees it.
     *
     * @param remedy what to do if that fails
     * @throws KarutaException if it is not there or damaged
     */
    Map<String, State> read(NDManager manager, String remedy) {
        try {
            return read(manager);
        } catch (KarutaException damaged) {
            var reason = damaged.getMessage().lines().findFirst().orElseThrow(); // its remedy is for files of weights
            throw new KarutaException("The checkpoint cannot be used: " + reason, remedy, damaged);
        }
    }

    private Map<String, State> read(NDManager manager) {
        try (var kept = SealedTensors.open(file)) {
            if (!SealedTensors.isSealed(kept)) {
                log.warn("{} does not say its SHA-256: its form alone was checked", file);
            }
            var tensors = new HashMap<String, Map<String, NDArray>>();
            kept.names().forEach(name -> {
                var tensor =
                        kept.readFinite(name, manager, kept.info(name).dtype().type());
                of(name, tensors).put(within(name), tensor);
            });
            var notes = new HashMap<String, Map<String, String>>();
            SealedTensors.notes(kept).forEach((name, text) -> of(name, notes).put(within(name), text));
            var places = new HashSet<>(tensors.keySet());
            places.addAll(notes.keySet());
            var states = new HashMap<String, State>();
            places.forEach(place -> states.put(
                    place, new State(tensors.getOrDefault(place, Map.of()), notes.getOrDefault(place, Map.of()))));
            return states;
        }
    }

    private static <T> Map<String, T> of(String name, Map<String, Map<String, T>> places) {
        return places.computeIfAbsent(name.split("/", 2)[0], place -> new HashMap<>());
    }

    private static String within(String name) {
        var parts = name.split("/", 2);
        return parts[parts.length - 1];
    }

    /** Removes it, once a later one is complete. */
    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stuck) {
            throw new KarutaException(
                    "The old checkpoint " + file + " cannot be removed: " + stuck.getMessage(),
                    "Check who owns the folder.",
                    stuck);
        }
    }
}
