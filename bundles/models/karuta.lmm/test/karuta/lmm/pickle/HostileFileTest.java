package karuta.lmm.pickle;

import static karuta.lmm.pickle.Archives.FLOATS;
import static karuta.lmm.pickle.Archives.START;
import static karuta.lmm.pickle.Archives.dictionary;
import static karuta.lmm.pickle.Archives.entries;
import static karuta.lmm.pickle.Archives.number;
import static karuta.lmm.pickle.Archives.storage;
import static karuta.lmm.pickle.Archives.tensor;
import static karuta.lmm.pickle.Archives.text;
import static karuta.lmm.pickle.Archives.tuple;
import static karuta.lmm.pickle.Archives.view;
import static karuta.lmm.pickle.Archives.zip;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that are refused, without a look at what they ask for, and without the memory that they claim. */
class HostileFileTest {

    private static final long MAX = Long.MAX_VALUE;

    @TempDir
    Path folder;

    private void assertRefused(byte[] file, String why) throws IOException {
        var path = Files.write(folder.resolve("hostile.bin"), file);
        var told =
                assertThrows(KarutaException.class, () -> TorchFile.open(path)).getMessage();
        assertTrue(told.startsWith(path + " is refused: "), told);
        assertTrue(told.contains(why), told);
        assertTrue(told.contains("\n  "), told);
    }

    @ParameterizedTest
    @CsvSource({
        "system.bin,  it asks for os.system",
        "legacy.bin,  it is no zip archive",
        "epoch.bin,   its entry epoch is no tensor",
        "tensor.bin,  something else where a dictionary belongs",
        "int16.bin,   int16",
        "complex.bin, torch.ComplexFloatStorage"
    })
    void filesOfPythonAreRefused(String name, String why) throws IOException {
        assertRefused(Files.readAllBytes(TorchFileTest.PICKLES.resolve(name)), why);
    }

    /** A bit has flipped on the way: zip's own sum tells, wherever it is, even in what a view of a tensor leaves out. */
    @ParameterizedTest
    @ValueSource(strings = {"data.pkl", "byteorder", "data/0", "data/1"})
    void anEntryThatIsNotWhatWasPackedIsRefused(String entry) throws IOException {
        var good = Files.readAllBytes(TorchFileTest.PICKLES.resolve("views.bin"));
        byte[] content;
        try (var zip = new ZipFile(TorchFileTest.PICKLES.resolve("views.bin").toFile())) {
            content = zip.getInputStream(zip.getEntry("views/" + entry)).readAllBytes();
        }
        var latin = StandardCharsets.ISO_8859_1;
        var start = new String(good, latin).indexOf(new String(content, latin));
        for (var at = 0; at < content.length; at += Math.max(1, content.length / 60)) {
            var bad = good.clone();
            bad[start + at] ^= 4;
            var path = Files.write(folder.resolve("flipped.bin"), bad);
            var out = folder.resolve("out.safetensors");
            var told = assertThrows(
                            KarutaException.class,
                            () -> Conversion.of(path, Optional.of(out)).run(line -> {}),
                            entry + " at " + at)
                    .getMessage();
            assertTrue(
                    told.startsWith(path + " is refused: its entry views/" + entry + " is damaged (its CRC-32 is "),
                    told);
            assertFalse(Files.exists(out));
        }
    }

    static Stream<Arguments> pickles() {
        var a = text("a");
        return Stream.of(
                // names
                arguments("builtin", dictionary(a, "c__builtin__\neval\n(" + text("1") + "tR"), "__builtin__.eval"),
                arguments("similar", dictionary(a, "ctorch._utils\n_rebuild_tensor_v3\n"), "_rebuild_tensor_v3"),
                arguments("dotted", dictionary(a, "ctorch\n_utils._rebuild_tensor_v2.__globals__\n"), "__globals__"),
                arguments("terminal", dictionary(a, "c\u001B[2J\nx\n"), "it asks for ?[2J.x"),
                arguments("long name", dictionary(a, "c" + "x".repeat(300) + "\n\n"), "more than 256"),
                arguments("called", dictionary(a, FLOATS + ")R"), "where a function that tensors need belongs"),
                arguments("arguments", dictionary(a, "ccollections\nOrderedDict\n(" + a + "tR"), "another way"),
                arguments("negated", dictionary(a, tensor().replace(")RtR", ")R}tR")), "another way"),
                arguments("parameter", dictionary(a, "ctorch._utils\n_rebuild_parameter\n(}}}tR"), "where a tensor"),
                // operations
                arguments("instance", dictionary(a, "(ios\nsystem\n"), "0x69"),
                arguments("object", dictionary(a, "(cos\nsystem\no"), "os.system"),
                arguments("new object", dictionary(a, "ccollections\nOrderedDict\n)\u0081"), "0x81"),
                arguments("extension", dictionary(a, "\u0082\1"), "0x82"),
                arguments("stack global", dictionary(text("os"), text("system"), "\u0093"), "0x93"),
                arguments("persistent line", dictionary(a, "P0\n"), "0x50"),
                arguments("unknown", dictionary(a, "\u00FF"), "0xFF"),
                arguments("protocol 4", "\u0080\4" + "}.", "protocol 2"),
                arguments("no protocol", "}.", "protocol 2"),
                arguments("protocol again", START + START + "}.", "0x80"),
                // the stack, its marks and its memory
                arguments("empty", "", "ends too early"),
                arguments("no end", START + "}", "ends too early"),
                arguments("underflow", START + "}s.", "takes more than it has put down"),
                arguments("nothing", START + ".", "takes more than it has put down"),
                arguments("tuple of nothing", START + "\u0087.", "takes more than it has put down"),
                arguments("beyond the mark", START + "}(R.", "takes more than it has put down"),
                arguments("no mark", START + "}u.", "a mark that it has not set"),
                arguments("open mark", START + "}(}.", "belong nowhere"),
                arguments("left over", START + "}}.", "belong nowhere"),
                arguments("after the end", START + "}.}", "something follows"),
                arguments("not remembered", START + "h\7.", "remembers"),
                arguments("negative memory", START + "j\u00FF\u00FF\u00FF\u00FF.", "remembers"),
                arguments("memory of nothing", START + "q\0.", "takes more than it has put down"),
                arguments("deep marks", START + "(".repeat(200) + ".", "100 deep"),
                arguments("deep tuples", START + ")" + "\u0085".repeat(100_000) + ".", "where a dictionary belongs"),
                arguments("deep key", START + "})" + "\u0085".repeat(100_000) + "}s.", "where a key of a dictionary"),
                arguments("many steps", START + "}" + "q\0".repeat(2_000_000), "2000000 steps"),
                arguments("itself", START + "}q\0(" + a + "h\0u.", "its entry a is no tensor"),
                arguments("itself as key", START + "}q\0(h\0h\0u.", "where a key of a dictionary"),
                // lengths
                arguments("text", START + "}(X\u00FF\u00FF\u00FF\u007F", "ends too early"),
                arguments("negative text", START + "}(X\u00FF\u00FF\u00FF\u00FF", "ends too early"),
                arguments("number", START + "}(\u008A\u00FF", "a number of 255 bytes"),
                arguments("short number", START + "}(\u008A\10\0", "ends too early"),
                arguments("no UTF-8", dictionary("X\2\0\0\0\u00C3\u0028", tensor()), "UTF-8"),
                arguments("surrogate", dictionary("X\3\0\0\0\u00ED\u00A0\u0080", tensor()), "UTF-8"),
                // dictionaries
                arguments("two keys", dictionary(a, tensor(), a, tensor()), "the key a twice"),
                arguments("odd", dictionary(a, tensor(), text("b")), "a key without a value"),
                arguments("number as key", dictionary(number(1), tensor()), "where a key of a dictionary"),
                arguments("list", dictionary(a, "]"), "0x5D"),
                arguments("nested", dictionary(a, "}(" + a + tensor() + "u"), "its entry a is no tensor"),
                arguments("attribute", START + "}}(" + text("__class__") + "Nub.", "the attribute __class__"),
                arguments("state", START + "}Nb.", "where a dictionary belongs"),
                arguments("tensor's state", dictionary(a, tensor() + "}b"), "where a dictionary belongs"),
                // storages
                arguments("no storage", dictionary(a, "(" + text("module") + "NNNNtQ"), "no storage"),
                arguments(
                        "storage's type", dictionary(a, storage("ccollections\nOrderedDict\n", 6)), "type of storage"),
                arguments("negative storage", dictionary(a, storage(FLOATS, -6)), "has -6 elements"),
                arguments("large storage", dictionary(a, tensor(storage(FLOATS, MAX), 0, ")", ")")), "24 bytes"),
                arguments("overflow", dictionary(a, tensor(storage(FLOATS, 6 + (1L << 62)), 0, ")", ")")), "24 bytes"),
                arguments("small storage", dictionary(a, tensor(storage(FLOATS, 5), 0, ")", ")")), "24 bytes"),
                arguments(
                        "other type", dictionary(a, tensor(storage("ctorch\nHalfStorage\n", 6), 0, ")", ")")), "of 2"),
                // views
                arguments("offset", view(1, tuple(2, 3), tuple(3, 1)), "within their storage"),
                arguments("scalar's offset", view(6, ")", ")"), "within their storage"),
                arguments("negative offset", view(-1, tuple(2, 3), tuple(3, 1)), "from 0 on"),
                arguments("largest offset", view(MAX, tuple(2, 3), tuple(3, 1)), "without overflow"),
                arguments("shape", view(0, tuple(7), tuple(1)), "within their storage"),
                arguments("negative size", view(0, tuple(-2, -3), tuple(3, 1)), "from 0 on"),
                arguments("size's overflow", view(0, tuple(1L << 32, 1L << 32), tuple(0, 0)), "without overflow"),
                arguments("much of nothing", view(0, tuple(1L << 30, 1L << 30), tuple(0, 0)), "2^40"),
                arguments("stride", view(0, tuple(2, 3), tuple(4, 1)), "within their storage"),
                arguments("negative stride", view(5, tuple(6), tuple(-1)), "from 0 on"),
                arguments("stride's overflow", view(0, tuple(3, 2), tuple(MAX, 1)), "without overflow"),
                arguments("strides' overflow", view(0, tuple(2, 2), tuple(MAX, MAX)), "without overflow"),
                arguments("fewer strides", view(0, tuple(2, 3), tuple(1)), "a stride each"),
                arguments(
                        "axes", view(0, tuple(1, 1, 1, 1, 1, 1, 1, 1, 1), tuple(1, 1, 1, 1, 1, 1, 1, 1, 1)), "8 axes"),
                arguments("no numbers", view(0, "(" + text("2") + "t", tuple(1)), "where a number belongs"),
                arguments("no tuple", view(0, "}", tuple(1)), "where a tuple of numbers belongs"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("pickles")
    void picklesOfAnythingElseAreRefused(String name, String pickle, String why) throws IOException {
        assertRefused(zip(entries(pickle, 24)), why);
    }

    private static Map<String, byte[]> usual() {
        return entries(dictionary(text("a"), tensor()), 24);
    }

    @Test
    void theUsualIsRead() throws IOException {
        try (var file = TorchFile.open(Files.write(folder.resolve("usual.bin"), zip(usual())))) {
            assertEquals(1, file.tensors().size());
        }
    }

    @Test
    void archivesThatTorchWouldNotWriteAreRefused() throws IOException {
        var big = usual();
        big.put("archive/byteorder", "big".getBytes(StandardCharsets.US_ASCII));
        assertRefused(zip(big), "not little-endian");
        var none = usual();
        none.remove("archive/data.pkl");
        assertRefused(zip(none), "it has no file data.pkl");
        var several = usual();
        several.put("other/data.pkl", new byte[0]);
        assertRefused(zip(several), "several files data.pkl");
        var missing = usual();
        missing.remove("archive/data/0");
        assertRefused(zip(missing), "storage 0 is missing");
        var elsewhere = usual();
        elsewhere.put("other/data/0", elsewhere.remove("archive/data/0"));
        assertRefused(zip(elsewhere), "storage 0 is missing");
        var large = usual();
        large.put("archive/data.pkl", new byte[(8 << 20) + 1]);
        assertRefused(zip(large), "up to 8388608 are read");
    }

    /** Readers differ in which of the two they take. */
    @ParameterizedTest
    @ValueSource(strings = {"archive/data.pkl", "archive/data/0"})
    void twoEntriesOfOneNameAreRefused(String name) throws IOException {
        var twins = usual();
        var similar = name.substring(0, name.length() - 1) + "#";
        twins.put(similar, twins.get(name));
        var latin = new String(zip(twins), StandardCharsets.ISO_8859_1);
        assertRefused(latin.replace(similar, name).getBytes(StandardCharsets.ISO_8859_1), "there twice");
    }

    /** Half a gigabyte of zeros in half a megabyte, say. */
    @Test
    void compressedArchivesAreRefused() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : usual().entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        }
        assertRefused(out.toByteArray(), "is compressed");
    }

    @Test
    void nothingAndTextAreNoArchives() throws IOException {
        assertRefused(new byte[0], "no zip archive");
        assertRefused("no archive".getBytes(StandardCharsets.US_ASCII), "no zip archive");
        assertRefused(new byte[] {'P', 'K', 3, 4}, "no whole zip archive");
        var told = assertThrows(KarutaException.class, () -> TorchFile.open(folder.resolve("absent.bin")));
        assertTrue(told.getMessage().startsWith("Cannot read "), told.getMessage());
    }

    @Test
    void aPointerOfGitLfsIsToldAsSuch() throws IOException {
        var file = Files.writeString(folder.resolve("lfs.bin"), "version https://git-lfs.github.com/spec/v1\n");
        var told = assertThrows(KarutaException.class, () -> TorchFile.open(file));
        assertTrue(told.getMessage().contains("Git LFS pointer"), told.getMessage());
        assertTrue(told.getMessage().contains("`git lfs pull`"), told.getMessage());
    }

    @Test
    void truncatedFilesAreRefused() throws IOException {
        var whole = Files.readAllBytes(TorchFileTest.PICKLES.resolve("plain.bin"));
        for (var length = 0; length < whole.length; length += 17) {
            assertRefused(Arrays.copyOf(whole, length), "zip archive");
        }
    }

    /** Whichever byte is changed: the file is refused, or it is read to its end. */
    @ParameterizedTest
    @ValueSource(strings = {"plain.bin", "views.bin", "system.bin"})
    void damagedFilesDoNothingElse(String name) throws IOException {
        var whole = Files.readAllBytes(TorchFileTest.PICKLES.resolve(name));
        var path = folder.resolve("damaged.bin");
        var refused = 0;
        for (var at = 0; at < whole.length; at += 5) {
            var damaged = whole.clone();
            damaged[at] ^= (byte) (at % 2 == 0 ? 0xFF : 1 << at % 7);
            Files.write(path, damaged);
            try (var file = TorchFile.open(path);
                    var sink = Channels.newChannel(new ByteArrayOutputStream())) {
                for (var source : file.sources()) {
                    source.content().writeTo(sink);
                }
            } catch (KarutaException e) {
                refused++;
            }
        }
        assertTrue(refused > whole.length / 50, refused + " of " + whole.length);
    }
}
