package karuta.lmm.peft;

import ai.djl.ndarray.NDArray;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.lmm.config.Json;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SafeTensorsWriter;

/** The two files of an adapter. */
record AdapterFolder(Path path) {

    private static final String CONFIG = "adapter_config.json";
    private static final String WEIGHTS = "adapter_model.safetensors";

    /** What its configuration says that it is, as {@code LORA}. */
    String type() {
        return json().text("peft_type").orElse("");
    }

    /**
     * The configuration.
     *
     * @param type what it must be, as {@code LORA}
     */
    Json config(String type) {
        var json = json();
        json.oneOf("peft_type", type);
        return json;
    }

    private Json json() {
        return Json.readIfThere(path.resolve(CONFIG))
                .orElseThrow(() -> new KarutaException(
                        path + " holds no " + CONFIG + ".", "Give the folder of one adapter, as PEFT saves it."));
    }

    SafeTensors weights() {
        var pickle = path.resolve("adapter_model.bin");
        if (!Files.exists(path.resolve(WEIGHTS)) && Files.exists(pickle)) {
            throw new KarutaException(
                    path + " has its weights in adapter_model.bin, a pickle.",
                    "`karuta model convert " + pickle + "` writes what is read, " + WEIGHTS
                            + ", beside it, and runs nothing that is in the file.");
        }
        return SafeTensors.open(path.resolve(WEIGHTS));
    }

    /**
     * Writes both files; the folder is made if it is not there. The weights come first: a configuration is complete.
     */
    void write(JsonObject config, Map<String, NDArray> tensors) {
        var text = new GsonBuilder()
                .setPrettyPrinting()
                .serializeNulls()
                .disableHtmlEscaping()
                .create()
                .toJson(config);
        var part = path.resolve("." + CONFIG + ".part");
        try {
            Files.createDirectories(path);
            SafeTensorsWriter.write(path.resolve(WEIGHTS), tensors, Map.of("format", "pt"));
            Files.writeString(part, text + "\n");
            Files.move(part, path.resolve(CONFIG), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot write the adapter " + path + ": " + e,
                    "Check the folder's access rights and the free space.",
                    e);
        }
    }
}
