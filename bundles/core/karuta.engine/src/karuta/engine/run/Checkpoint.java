package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.files.Sha256;
import karuta.safetensors.SealedStates;
import karuta.safetensors.SealedTensors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the strategies of a run keep after a stage: {@code checkpoint-STAGE.safetensors}, as
 * {@link SealedStates} writes it; the file says its own SHA-256.
 *
 * @param file where
 */
record Checkpoint(Path file) {

    private static final Logger log = LoggerFactory.getLogger(Checkpoint.class);

    void write(Map<String, State> states) {
        SealedStates.write(file, states);
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
            return SealedStates.notes(kept, place);
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
            return SealedStates.read(kept, manager);
        }
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
