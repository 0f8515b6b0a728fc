package karuta.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.KarutaException;
import karuta.safetensors.ShardIndex.Format;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredWeightsTest {

    @TempDir
    private Path folder;

    private NDManager manager;

    @BeforeAll
    static void startEngine() {
        TorchEngine.start();
    }

    @BeforeEach
    void openManager() {
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void closeManager() {
        manager.close();
    }

    @Test
    void theShardsOfAFolderAreOneModel() {
        shards();
        try (var weights = open()) {
            assertEquals(Set.of("a", "b", "c"), weights.names());
            assertArrayEquals(new float[] {1, 2}, weights.get("a", 2).toFloatArray());
            assertArrayEquals(new long[] {3}, weights.get("c", 1).toLongArray());
        }
    }

    @Test
    void aWrongShapeIsNamedWithWhatIsExpected() {
        shards();
        try (var weights = open()) {
            var error = assertThrows(KarutaException.class, () -> weights.get("a", 1, 2));
            assertTrue(
                    error.getMessage().contains("Tensor a of " + folder.resolve("1.safetensors")), error.getMessage());
            assertTrue(error.getMessage().contains("shape (2); the model needs (1, 2)"), error.getMessage());
        }
    }

    @Test
    void aMissingShardIsNamedWithATensorOfIt() throws IOException {
        shards();
        Files.delete(folder.resolve("2.safetensors"));
        refuse("2.safetensors is missing; tensor c");
    }

    @Test
    void aShardThatLacksATensorIsRefused() {
        shards();
        new ShardIndex(Format.SAFETENSORS, Map.of("a", "1.safetensors", "b", "2.safetensors", "c", "2.safetensors"))
                .write(folder, 20);
        refuse("1.safetensors also holds tensor b");
    }

    @Test
    void aShardWithAForeignTensorIsRefused() {
        shards();
        new ShardIndex(
                        Format.SAFETENSORS,
                        Map.of("a", "1.safetensors", "b", "1.safetensors", "c", "2.safetensors", "d", "2.safetensors"))
                .write(folder, 20);
        refuse("2.safetensors lacks tensor d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../x.safetensors", "/x.safetensors", "a/x.safetensors", "..", "x.bin", "a\\\\x.safetensors"})
    void anIndexCannotLeaveItsFolder(String file) throws IOException {
        Files.writeString(folder.resolve(Format.SAFETENSORS.index()), "{\"weight_map\":{\"a\":\"" + file + "\"}}");
        refuse("no plain name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"weight_map\":{}} x", "{\"weight_map\":{\"a\":1", "x", ""})
    void aBrokenIndexIsRefused(String json) throws IOException {
        Files.writeString(folder.resolve(Format.SAFETENSORS.index()), json);
        refuse(Format.SAFETENSORS.index());
    }

    @Test
    void pickledWeightsAreNotRead() throws IOException {
        Files.writeString(folder.resolve("pytorch_model.bin"), "x");
        refuse("has neither model.safetensors nor model.safetensors.index.json");
    }

    @Test
    void viewsRenameAndNarrow() {
        shards();
        try (var weights = open()) {
            var renamed = weights.renamed(name -> name.equals("c") ? Optional.empty() : Optional.of("x." + name));
            assertEquals(Set.of("x.a", "x.b"), renamed.names());
            assertEquals(Set.of("a", "b"), renamed.under("x.").names());
            assertEquals(new Shape(2), renamed.under("x.").get("a", 2).getShape());
            assertThrows(KarutaException.class, () -> renamed.get("c", 1), "dropped");
            assertThrows(KarutaException.class, () -> renamed.get("a", 2), "it has another name");
            assertThrows(KarutaException.class, () -> weights.renamed(name -> Optional.of("same")));
        }
    }

    @Test
    void twoModelsSideBySideShareNoName() {
        shards();
        try (var weights = open()) {
            var left = weights.renamed(name -> Optional.of("left." + name));
            var both = left.with(weights);
            assertEquals(6, both.names().size());
            assertArrayEquals(
                    both.get("left.a", 2).toFloatArray(), both.get("a", 2).toFloatArray());
            assertThrows(KarutaException.class, () -> both.get("x"));
            assertThrows(KarutaException.class, () -> left.with(left));
        }
    }

    @Test
    void aTensorThatNobodyAskedForIsNoticed() {
        shards();
        try (var weights = open()) {
            var read = new ReadWeights(weights);
            read.get("a", 2);
            read.under("").get("c", 1);
            var error = assertThrows(KarutaException.class, read::requireAllRead);
            assertTrue(
                    error.getMessage().contains("1 tensors that this model has no place for: b"), error.getMessage());
            read.get("b", 1);
            read.requireAllRead();
        }
    }

    private void shards() {
        var first = Map.of("a", manager.create(new float[] {1, 2}), "b", manager.create(new float[] {4}));
        SafeTensorsWriter.write(folder.resolve("1.safetensors"), first, Map.of("format", "pt"));
        SafeTensorsWriter.write(folder.resolve("2.safetensors"), Map.of("c", manager.create(new long[] {3})), Map.of());
        new ShardIndex(Format.SAFETENSORS, Map.of("a", "1.safetensors", "b", "1.safetensors", "c", "2.safetensors"))
                .write(folder, 20);
    }

    private StoredWeights open() {
        return StoredWeights.open(folder, manager, DataType.FLOAT32);
    }

    private void refuse(String message) {
        var error = assertThrows(KarutaException.class, this::open);
        assertTrue(error.getMessage().contains(message), error.getMessage());
    }
}
