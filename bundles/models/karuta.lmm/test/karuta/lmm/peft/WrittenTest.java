package karuta.lmm.peft;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.lmm.model.Reference;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is written today is what PEFT was seen to load and to compute the same logits with. Where this fails because
 * something is written otherwise on purpose, {@link Written} writes the fixtures anew, and written.py must prove them.
 */
class WrittenTest {

    private static final Path COMMITTED = FIXTURES.resolve("written");

    @TempDir
    static Path today;

    @BeforeAll
    static void write() {
        TorchEngine.start();
        Written.write(today);
    }

    private static Set<String> names(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    @Test
    void theSameAdaptersAreWritten() throws IOException {
        assertEquals(names(COMMITTED), names(today));
    }

    @ParameterizedTest
    @ValueSource(strings = {"lora-transformers", "lora-original", "soft-prompt"})
    void theSameFilesAreWritten(String adapter) throws IOException {
        var committed = COMMITTED.resolve(adapter);
        assertEquals(names(committed), names(today.resolve(adapter)));
        for (var name : Set.of("adapter_config.json", "adapter_model.safetensors")) {
            assertArrayEquals(
                    Files.readAllBytes(committed.resolve(name)),
                    Files.readAllBytes(today.resolve(adapter).resolve(name)),
                    name);
        }
        try (var manager = NDManager.newBaseManager();
                var expected = new Reference("written/" + adapter + "/logits", manager);
                var computed = new Reference(today.resolve(adapter).resolve(Written.LOGITS), manager)) {
            expected.assertEqual("logits", computed.get("logits"));
        }
    }
}
