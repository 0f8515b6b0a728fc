package karuta.tiny;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import karuta.api.RandomStream;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.LlavaConfig;
import karuta.safetensors.SafeTensors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TinyPretrainingTest {

    @TempDir
    private Path folder;

    @Test
    void equalDrawsGiveEqualFolders() throws IOException {
        var once = run("once", 5, 3);
        var again = run("again", 5, 3);
        var other = run("other", 6, 3);
        for (var model : new String[] {"clip", "llava"}) {
            assertArrayEquals(weights(once, model), weights(again, model));
            assertFalse(Arrays.equals(weights(once, model), weights(other, model)));
        }
    }

    @Test
    void everyStageTrainsWhatItShall() {
        var few = run("few", 5, 2);
        var more = run("more", 5, 6);
        for (var model : new String[] {"clip", "llava"}) {
            try (var manager = NDManager.newBaseManager();
                    var a = SafeTensors.open(few.resolve(model).resolve("model.safetensors"));
                    var b = SafeTensors.open(more.resolve(model).resolve("model.safetensors"))) {
                assertEquals(a.names(), b.names());
                for (var name : a.names()) {
                    var one = a.read(name, manager, DataType.FLOAT32);
                    var other = b.read(name, manager, DataType.FLOAT32);
                    assertTrue(one.sub(other).abs().max().getFloat() > 0, name + " was not trained");
                }
            }
        }
    }

    @Test
    void theFoldersDescribeThemselves() {
        var out = run("described", 5, 1);
        assertEquals(
                new Vocabulary().size(),
                ClipConfig.read(out.resolve("clip")).text().vocabulary());
        var llava = LlavaConfig.read(out.resolve("llava"), Optional.empty());
        assertEquals(9, llava.imageTokens());
        assertEquals(Vocabulary.IMAGE, llava.imageToken());
        assertEquals(ClipConfig.read(out.resolve("clip")).vision(), llava.vision());
    }

    @Test
    void tellsHowItGoes() {
        Map<String, Long> told = new HashMap<>();
        new TinyPretraining(1, 1, 1, 64, 1)
                .run(RandomStream.of(5, "test"), folder.resolve("told"), (what, done, total, figures) -> {
                    assertTrue(done <= total && !figures.isEmpty());
                    told.put(what, done);
                });
        assertEquals(5, told.size());
    }

    private Path run(String name, long seed, int steps) {
        var out = folder.resolve(name);
        new TinyPretraining(steps, steps, steps, 64, 0)
                .run(RandomStream.of(seed, "test"), out, (what, done, total, figures) -> {});
        return out;
    }

    private static byte[] weights(Path folder, String model) throws IOException {
        return Files.readAllBytes(folder.resolve(model).resolve("model.safetensors"));
    }
}
