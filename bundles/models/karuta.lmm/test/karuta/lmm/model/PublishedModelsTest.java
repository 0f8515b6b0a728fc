package karuta.lmm.model;

import static karuta.lmm.model.Reference.FIXTURES;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.ClipNames;
import karuta.lmm.config.LlavaConfig;
import karuta.lmm.config.LlavaNames;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.Weights;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Every tensor of the published models is asked for once, in the shape that it has there. Names and shapes alone. */
class PublishedModelsTest {

    private static final Path PUBLISHED = FIXTURES.resolve("published");
    private static final Path CLIP = PUBLISHED.resolve("clip-vit-large-patch14-336");

    private final NDManager manager = manager();

    private static NDManager manager() {
        TorchEngine.start();
        return NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void clip() throws IOException {
        var stored = Inventory.read(CLIP, manager);
        var weights = new ReadWeights(stored.renamed(new ClipNames(stored.names())));
        new ClipModel(ClipConfig.read(CLIP), weights);
        assertEquals(Set.of(), weights.unread());
    }

    @Test
    void llavaOfTransformers() throws IOException {
        var folder = PUBLISHED.resolve("llava-1.5-7b-hf");
        var weights = new ReadWeights(Inventory.read(folder, manager).renamed(new LlavaNames()));
        read(LlavaConfig.read(folder, Optional.empty()), weights);
        assertEquals(Set.of(), weights.unread());
    }

    @Test
    void originalLlavaAndItsTower() throws IOException {
        var folder = PUBLISHED.resolve("llava-v1.5-7b");
        var clip = Inventory.read(CLIP, manager);
        var names = new ClipNames(clip.names());
        var tower = clip.renamed(name -> names.apply(name).filter(n -> n.startsWith("vision_model.")));
        var weights = new ReadWeights(
                Inventory.read(folder, manager).renamed(new LlavaNames()).with(tower));
        read(LlavaConfig.read(folder, Optional.of(CLIP)), weights);
        assertEquals(Set.of(), weights.unread());
    }

    private static void read(LlavaConfig config, Weights weights) {
        new ClipVision(config.vision(), weights);
        new Projector(config, weights);
        new Llama(config.text(), weights);
    }

    /** Tensors that have a shape, but no numbers. */
    private record Inventory(Map<String, Shape> shapes, NDManager manager) implements Weights {

        static Inventory read(Path folder, NDManager manager) throws IOException {
            try (var lines = Files.lines(folder.resolve("tensors.txt"))) {
                var shapes = lines.map(line -> line.split(" ")).collect(Collectors.toMap(w -> w[0], Inventory::shape));
                return new Inventory(shapes, manager);
            }
        }

        private static Shape shape(String[] words) {
            return new Shape(
                    Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray());
        }

        @Override
        public String source() {
            return "the inventory";
        }

        @Override
        public Set<String> names() {
            return shapes.keySet();
        }

        @Override
        public Shape shape(String name) {
            return shapes.get(name);
        }

        @Override
        public NDArray get(String name, long... shape) {
            assertEquals(new Shape(shape), shapes.get(name), name);
            return manager.create(0f);
        }
    }
}
