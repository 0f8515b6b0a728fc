package karuta.lmm;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import karuta.api.KarutaException;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.model.LlavaModel;
import karuta.lmm.model.Precision;
import karuta.lmm.model.Reference;
import karuta.lmm.peft.LoraAdapter;
import karuta.lmm.tokenizer.Mutations;
import karuta.tensor.Autograd;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Broken and hostile files of models and adapters, more of them with {@code -Dkaruta.fuzz=20000}: each is refused with
 * its name, or loads; nothing else is thrown.
 */
class FolderFuzzTest {

    private static final int FILES = Integer.getInteger("karuta.fuzz", 300);

    @TempDir
    private Path folder;

    private interface Load {

        void from(Path folder) throws IOException;
    }

    @Test
    void configurations() throws IOException {
        refusedOrLoaded("llava", "config.json", path -> LlavaConfig.read(path, Optional.empty()));
    }

    @Test
    void adapterConfigurations() throws IOException {
        Files.copy(file("lora", "adapter_model.safetensors"), folder.resolve("adapter_model.safetensors"));
        try (var manager = manager()) {
            refusedOrLoaded("lora", "adapter_config.json", path -> LoraAdapter.readAlone(path, manager));
        }
    }

    @Test
    void adapters() throws IOException {
        Files.copy(file("lora", "adapter_config.json"), folder.resolve("adapter_config.json"));
        flipped("lora", "adapter_model.safetensors", path -> {
            try (var manager = manager()) {
                LoraAdapter.readAlone(path, manager);
            }
        });
    }

    @Test
    void weights() throws IOException {
        Files.copy(file("llava", "config.json"), folder.resolve("config.json"));
        var source = new LlavaModel.Source(folder, Optional.empty(), Precision.FP32, Optional.empty());
        flipped("llava", "model.safetensors", path -> {
            try (var manager = manager()) {
                Autograd.noGrad(() -> LlavaModel.loadForPreprocessed(source, manager, Map.of()));
            }
        });
    }

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    private static Path file(String fixture, String name) {
        return Reference.FIXTURES.resolve(fixture).resolve(name);
    }

    private void refusedOrLoaded(String fixture, String name, Load load) throws IOException {
        var good = Files.readAllBytes(file(fixture, name));
        var refused = 0;
        for (var seed = 0; seed < FILES; seed++) {
            Files.write(folder.resolve(name), new Mutations(good, new Random(seed)).next());
            refused += isRefused(seed, name, load) ? 1 : 0;
        }
        assertTrue(refused > FILES / 10 && refused < FILES, refused + " of " + FILES + " were refused");
    }

    /** A tenth as many: these are cut, or have bits flipped, in their headers above all. */
    private void flipped(String fixture, String name, Load load) throws IOException {
        var good = Files.readAllBytes(file(fixture, name));
        var refused = 0;
        for (var seed = 0; seed < FILES / 10; seed++) {
            var random = new Random(seed);
            var bytes = random.nextInt(4) == 0 ? Arrays.copyOf(good, random.nextInt(good.length)) : good.clone();
            for (var i = random.nextInt(4); i >= 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(Math.min(bytes.length, 4000))] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(folder.resolve(name), bytes);
            refused += isRefused(seed, name, load) ? 1 : 0;
        }
        assertTrue(refused > FILES / 20, refused + " were refused");
    }

    private boolean isRefused(int seed, String name, Load load) throws IOException {
        try {
            load.from(folder);
            return false;
        } catch (KarutaException e) {
            assertTrue(
                    List.of(folder.toString(), name).stream().anyMatch(e.getMessage()::contains),
                    () -> "seed " + seed + ": " + e.getMessage());
            return true;
        }
    }
}
