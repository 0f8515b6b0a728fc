package karuta.engine.features;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import karuta.api.Backbone;
import karuta.api.BackboneSpec;
import karuta.api.CausalLmOutput;
import karuta.api.Guidance;
import karuta.api.Image;
import karuta.api.Input;
import karuta.api.PromptedInput;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.VisionFeatures;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import karuta.tensor.Scope;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FrozenModelsTest {

    @TempDir
    private Path folder;

    private ToyContext toys;
    private final AtomicInteger looks = new AtomicInteger();
    private final List<Query> queries =
            ToyTasks.samples(0, 5).stream().map(Sample::query).toList();

    @BeforeEach
    void open() {
        toys = new ToyContext(1);
    }

    @AfterEach
    void close() {
        toys.close();
    }

    /** The toy backbone, counting how often it looks. */
    private record Counting(Backbone toy, AtomicInteger looks) implements Backbone {

        @Override
        public BackboneSpec spec() {
            return toy.spec();
        }

        @Override
        public NDArray embeddings() {
            return toy.embeddings();
        }

        @Override
        public VisionFeatures encode(Image image) {
            looks.incrementAndGet();
            return toy.encode(image);
        }

        @Override
        public CausalLmOutput score(List<PromptedInput> batch, List<String> answers) {
            return toy.score(batch, answers);
        }

        @Override
        public List<String> generate(List<PromptedInput> batch) {
            return toy.generate(batch);
        }
    }

    private FrozenModels parts(String numerics) {
        return new FrozenModels(new Counting(toys.backbone(), looks), toys.encoder(), numerics, folder);
    }

    private static List<Float> numbers(Input input) {
        var numbers = new ArrayList<Float>();
        for (var array : List.of(
                input.vision().get(0).tokens(),
                input.vision().get(0).pooled(),
                input.guidance().image().orElseThrow(),
                input.guidance().text().orElseThrow())) {
            for (var number : array.toFloatArray()) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private List<List<Float>> seen(FrozenModels parts) {
        try (parts;
                var scope = Scope.open()) {
            return queries.stream()
                    .map(query -> numbers(parts.encode(query, Optional.empty())))
                    .toList();
        }
    }

    private List<Path> shards() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    @Test
    void whatComesFromDiskIsEqualBitForBitToWhatIsFresh() {
        var fresh = seen(parts(""));
        assertEquals(5, looks.get());
        assertEquals(fresh, seen(parts("")));
        assertEquals(5, looks.get(), "nothing was looked at again");

        try (var scope = Scope.open()) {
            assertArrayEquals(
                    toys.encoder()
                            .text(queries.get(3).instruction())
                            .get(Guidance.TEXT)
                            .toFloatArray(),
                    parts("")
                            .encode(queries.get(3), Optional.empty())
                            .guidance()
                            .text()
                            .orElseThrow()
                            .toFloatArray());
        }
    }

    @Test
    void otherNumericsShareNothing() {
        seen(parts("one thread"));
        seen(parts("two threads"));

        assertEquals(10, looks.get());
    }

    @Test
    void aDamagedFileIsDroppedAndMadeAnew() throws IOException {
        var fresh = seen(parts(""));
        var bytes = Files.readAllBytes(shards().get(0));
        bytes[150] ^= 1; // in the numbers of the first entry
        Files.write(shards().get(0), bytes);

        assertEquals(fresh, seen(parts("")));
        assertEquals(10, looks.get());
        looks.set(0);
        assertEquals(fresh, seen(parts("")));
        assertEquals(0, looks.get(), "what was made anew is kept");
    }

    @Test
    void aTruncatedFileIsDroppedAndMadeAnew() throws IOException {
        var fresh = seen(parts(""));
        var bytes = Files.readAllBytes(shards().get(0));
        Files.write(shards().get(0), Arrays.copyOf(bytes, bytes.length - 7));

        assertEquals(fresh, seen(parts("")));
        assertEquals(10, looks.get());
    }

    @Test
    void withoutAWritableFolderItWorksAllTheSame() throws IOException {
        Files.writeString(folder.resolve("file"), "");
        var parts = new FrozenModels(new Counting(toys.backbone(), looks), toys.encoder(), "", folder.resolve("file"));

        assertEquals(seen(parts("")), seen(parts));
    }

    @Test
    void theKeyOfAnInputIsMadeOfItsContentAlone() {
        try (var parts = parts("");
                var scope = Scope.open()) {
            var query = queries.get(0);
            var same = new Query(
                    query.images(), List.of(), new String(query.instruction().toCharArray()));
            var other = new Query(query.images(), List.of(), query.instruction() + " ");
            var blind = new Query(Optional.empty(), query.instruction());

            var key = parts.encode(query, Optional.empty()).key();
            assertEquals(key, parts.encode(same, Optional.of("a task")).key());
            assertNotEquals(key, parts.encode(other, Optional.empty()).key());
            assertNotEquals(key, parts.encode(blind, Optional.empty()).key());
            assertTrue(parts.encode(blind, Optional.empty()).guidance().image().isEmpty());
            assertTrue(parts.encode(new Query(query.images(), List.of(), " "), Optional.empty())
                    .guidance()
                    .text()
                    .isEmpty());
        }
    }
}
