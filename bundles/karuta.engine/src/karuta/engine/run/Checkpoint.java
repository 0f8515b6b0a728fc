package karuta.engine.run;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.reflect.TypeToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.model.run.WholeFile;

/**
 * What the strategies of a run keep after a stage: {@code checkpoint-STAGE.safetensors}, with tensors named {@code
 * PLACE/NAME}, and {@code checkpoint-STAGE.json} with the notes by place and name.
 *
 * @param folder of the run
 * @param stage after which
 */
record Checkpoint(Path folder, int stage) {

    private static final Gson GSON = new Gson();
    private static final TypeToken<Map<String, Map<String, String>>> NOTES = new TypeToken<>() {};

    void write(Map<String, State> states) {
        var tensors = new NDList();
        var notes = new TreeMap<String, Map<String, String>>();
        new TreeMap<>(states).forEach((place, state) -> {
            notes.put(place, new TreeMap<>(state.notes()));
            new TreeMap<>(state.tensors()).forEach((name, tensor) -> {
                var named = tensor.duplicate(); // which leaves the strategy's own array its name
                named.setName(place + "/" + name);
                tensors.add(named);
            });
        });
        if (!tensors.isEmpty()) {
            WholeFile.write(tensors(), out -> tensors.encode(out, NDList.Encoding.SAFETENSORS));
        }
        WholeFile.write(notes(), GSON.toJson(notes) + "\n");
    }

    /**
     * Reads what was kept; the scope around the call frees it.
     *
     * @throws KarutaException if it is not there or damaged
     */
    Map<String, State> read(NDManager manager) {
        try {
            var tensors = new HashMap<String, Map<String, NDArray>>();
            if (Files.exists(tensors())) {
                try (var in = Files.newInputStream(tensors())) {
                    for (var tensor : NDList.decode(manager, in)) {
                        var name = tensor.getName().split("/", 2);
                        tensor.setName(null); // a script refuses arrays with names
                        tensors.computeIfAbsent(name[0], place -> new HashMap<>())
                                .put(name[1], tensor);
                    }
                }
            }
            var states = new HashMap<String, State>();
            GSON.fromJson(Files.readString(notes()), NOTES)
                    .forEach((place, texts) ->
                            states.put(place, new State(tensors.getOrDefault(place, Map.of()), texts)));
            return states;
        } catch (IOException | JsonParseException | IllegalArgumentException damaged) {
            throw new KarutaException(
                    "the checkpoint of stage " + stage + " in " + folder + " cannot be read: " + damaged.getMessage(),
                    "run the study without --resume",
                    damaged);
        }
    }

    /** Removes it, once a later one is complete. */
    void delete() {
        try {
            Files.deleteIfExists(tensors());
            Files.deleteIfExists(notes());
        } catch (IOException stuck) {
            throw new KarutaException(
                    "the old checkpoint " + tensors() + " cannot be removed: " + stuck.getMessage(),
                    "check who owns the folder",
                    stuck);
        }
    }

    private Path tensors() {
        return folder.resolve("checkpoint-" + stage + ".safetensors");
    }

    private Path notes() {
        return folder.resolve("checkpoint-" + stage + ".json");
    }
}
