package karuta.lmm.pickle;

import static karuta.lmm.pickle.Archives.FLOATS;
import static karuta.lmm.pickle.Archives.dictionary;
import static karuta.lmm.pickle.Archives.entries;
import static karuta.lmm.pickle.Archives.storage;
import static karuta.lmm.pickle.Archives.tensor;
import static karuta.lmm.pickle.Archives.text;
import static karuta.lmm.pickle.Archives.tuple;
import static karuta.lmm.pickle.Archives.zip;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.lmm.check.LocalModels;
import karuta.lmm.config.ClipConfig;
import karuta.lmm.config.ClipNames;
import karuta.lmm.model.ClipModel;
import karuta.safetensors.Dtype;
import karuta.safetensors.ReadWeights;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.StoredWeights;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles become safetensors. */
class ConversionTest {

    private static final String INDEX = "pytorch_model.bin.index.json";
    private static final String SHARD = "pytorch_model-0000%d-of-00002.bin";

    @TempDir
    Path folder;

    private final List<String> told = new ArrayList<>();

    private void convert(Path in, Optional<Path> out) {
        new LocalModels().convert(in, out, told::add);
    }

    private void convert(Path in) {
        convert(in, Optional.empty());
    }

    private String refused(Path in) {
        return assertThrows(KarutaException.class, () -> convert(in)).getMessage();
    }

    private Path copy(String name) throws IOException {
        return Files.copy(TorchFileTest.PICKLES.resolve(name), folder.resolve(name));
    }

    private Path model() throws IOException {
        var model = Files.createDirectory(folder.resolve("model"));
        for (var name : List.of("config.json", INDEX, SHARD.formatted(1), SHARD.formatted(2))) {
            Files.copy(TorchFileTest.PICKLES.resolve("shards").resolve(name), model.resolve(name));
        }
        return model;
    }

    private static Set<String> files(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toSet());
        }
    }

    private static void assertSame(SafeTensors expected, SafeTensors actual, NDManager manager) {
        for (var name : actual.names()) {
            var info = expected.info(name);
            assertEquals(info.dtype(), actual.info(name).dtype(), name);
            assertEquals(info.shape(), actual.info(name).shape(), name);
            var type =
                    info.dtype() == Dtype.BF16 ? DataType.FLOAT32 : info.dtype().type();
            assertArrayEquals(
                    expected.read(name, manager, type).toByteArray(),
                    actual.read(name, manager, type).toByteArray(),
                    name);
        }
    }

    /** Names, element types, shapes and numbers are those that PyTorch sees; what shared a storage is written twice. */
    @ParameterizedTest
    @ValueSource(strings = {"plain", "state", "types", "views", "modalprompt-2", "modalprompt-3"})
    void aFileIsConvertedBesideItself(String name) throws IOException {
        convert(copy(name + ".bin"));
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager();
                var expected = SafeTensors.open(TorchFileTest.PICKLES.resolve(name + ".safetensors"));
                var actual = SafeTensors.open(folder.resolve(name + ".safetensors"))) {
            assertEquals(expected.names(), actual.names());
            assertEquals(Map.of("format", "pt"), actual.metadata());
            assertSame(expected, actual, manager);
        }
    }

    @Test
    void theUserSaysWhereTo() throws IOException {
        var file = copy("plain.bin");
        convert(file, Optional.of(folder.resolve("new/b.safetensors")));
        convert(file, Optional.of(folder.resolve("new")));
        assertEquals(Set.of("b.safetensors", "plain.safetensors"), files(folder.resolve("new")));
        var path = folder.resolve("new/plain.safetensors");
        assertEquals(
                List.of("2 tensor(s), 0.00 MiB in 1 file(s)", "wrote " + path + " (2 tensor(s))"), told.subList(2, 4));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.pt", "a.pth", "a.bin", "a"})
    void theEndingIsReplaced(String name) throws IOException {
        convert(Files.copy(TorchFileTest.PICKLES.resolve("plain.bin"), folder.resolve(name)));
        assertEquals(Set.of(name, "a.safetensors"), files(folder));
    }

    /** In shards, as larger models are; the folder loads as the model that it was. */
    @Test
    void aFolderIsConvertedAndLoads() throws IOException {
        var model = model();
        Files.copy(TorchFileTest.PICKLES.resolve("plain.bin"), model.resolve("mm_projector.bin"));
        convert(model);
        assertTrue(files(model)
                .containsAll(Set.of(
                        "model-00001-of-00002.safetensors",
                        "model-00002-of-00002.safetensors",
                        "model.safetensors.index.json",
                        SHARD.formatted(1),
                        INDEX)));
        assertFalse(files(model).contains("mm_projector.safetensors"));
        assertEquals(3, told.size());
        TorchEngine.start();
        try (var manager = NDManager.newBaseManager();
                var weights = StoredWeights.open(model, manager, DataType.FLOAT32);
                var expected = SafeTensors.open(TorchFileTest.PICKLES.resolve("shards.safetensors"));
                var second = SafeTensors.open(model.resolve("model-00002-of-00002.safetensors"))) {
            assertEquals(expected.names(), weights.names());
            assertSame(expected, second, manager);
            var read = new ReadWeights(weights.renamed(new ClipNames(weights.names())));
            new ClipModel(ClipConfig.read(model), read);
            read.requireAllRead();
        }
    }

    @Test
    void aFolderOfOneFileIsConvertedElsewhere() throws IOException {
        Files.copy(TorchFileTest.PICKLES.resolve("plain.bin"), folder.resolve("pytorch_model.bin"));
        convert(folder, Optional.of(folder.resolve("out/here")));
        assertEquals(Set.of("model.safetensors"), files(folder.resolve("out/here")));
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        var file = copy("plain.bin");
        Files.writeString(folder.resolve("plain.safetensors"), "of value");
        assertTrue(refused(file).contains("plain.safetensors exists already"));
        assertEquals("of value", Files.readString(folder.resolve("plain.safetensors")));
        var model = model();
        for (var name :
                List.of("model.safetensors", "model.safetensors.index.json", "model-00002-of-00002.safetensors")) {
            Files.createFile(model.resolve(name));
            assertTrue(refused(model).contains(name + " exists already"));
            Files.delete(model.resolve(name));
        }
        assertEquals(List.of(), told);
    }

    /** What stands before the first storage of the second shard is damaged: only who reads its numbers will see. */
    @Test
    void ifAShardCannotBeReadNoneIsWritten() throws IOException {
        var model = model();
        var second = model.resolve(SHARD.formatted(2));
        var before = files(model);
        var latin = Files.readString(second, StandardCharsets.ISO_8859_1);
        var header = latin.lastIndexOf("PK\3\4", latin.indexOf("/data/0"));
        Files.writeString(
                second, latin.substring(0, header) + "XX" + latin.substring(header + 2), StandardCharsets.ISO_8859_1);
        assertTrue(refused(model).contains(second + " is refused"));
        assertEquals(2, told.size());
        assertEquals(before, files(model));
    }

    @Test
    void aShardThatLacksATensorIsAnError() throws IOException {
        var model = model();
        Files.writeString(
                model.resolve(INDEX),
                Files.readString(model.resolve(INDEX)).replace("\"logit_scale\"", "\"logit_scales\""));
        assertTrue(refused(model).contains("lacks tensor logit_scales"));
    }

    @Test
    void twoShardsOfTheSameTensorsAreAnError() throws IOException {
        Files.copy(TorchFileTest.PICKLES.resolve("plain.bin"), folder.resolve("one.bin"));
        Files.copy(TorchFileTest.PICKLES.resolve("plain.bin"), folder.resolve("two.bin"));
        Files.writeString(folder.resolve(INDEX), "{\"weight_map\": {\"a\": \"one.bin\", \"b\": \"two.bin\"}}");
        assertTrue(refused(folder).contains("both hold tensor"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"weight_map\": {\"a\": \"../plain.bin\"}}",
                "{\"weight_map\": {\"a\": \"/etc/plain.bin\"}}",
                "{\"weight_map\": {\"a\": \"sub/plain.bin\"}}",
                "{\"weight_map\": {\"a\": \".bin\"}}",
                "{\"weight_map\": {\"a\": \"plain.safetensors\"}}",
                "{\"weight_map\": {\"a\": \"absent.bin\"}}",
                "{\"weight_map\": {\"a\": \"plain.bin\", \"a\": \"plain.bin\"}}",
                "{\"weight_map\": {}, \"weight_map\": {}}",
                "{\"weight_map\": {}}",
                "{\"weight_map\": []}",
                "{\"weight_map\": {\"a\": [[[[[[[[[[]]]]]]]]]]}}",
                "{\"weight_map\": {\"a\": \"plain.bin\"}} {}",
                "{\"weight_map\":",
                "{}",
                "[]",
                ""
            })
    void badIndexesAreRefused(String index) throws IOException {
        copy("plain.bin");
        Files.writeString(folder.resolve(INDEX), index);
        refused(folder);
        assertEquals(Set.of("plain.bin", INDEX), files(folder));
    }

    @Test
    void whereThereIsNothingToConvertThisIsSaid() {
        assertTrue(refused(folder).contains("neither a file nor a folder with pytorch_model.bin"));
        assertTrue(refused(folder.resolve("absent")).contains("neither a file"));
    }

    /** A number that is repeated 2^40 times takes little in a pickle, and 4 TiB in safetensors. */
    @Test
    void whereTheDiskIsTooSmallNothingIsWritten() throws IOException {
        assumeTrue(folder.toFile().getUsableSpace() < 1L << 42);
        var large = tensor(storage(FLOATS, 6), 0, tuple(1L << 40), tuple(0));
        var file = Files.write(folder.resolve("large.bin"), zip(entries(dictionary(text("a"), large), 24)));
        assertTrue(refused(file).contains("take 4096.00 GiB; the disk of"));
        assertEquals(List.of("1 tensor(s), 4096.00 GiB in 1 file(s)"), told);
        assertEquals(Set.of("large.bin"), files(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"__metadata__", "a\nb", ""})
    void namesThatSafetensorsCannotHaveAreRefused(String name) throws IOException {
        var file = Files.write(folder.resolve("odd.bin"), zip(entries(dictionary(text(name), tensor()), 24)));
        assertTrue(refused(file).contains("safetensors cannot have"));
    }
}
