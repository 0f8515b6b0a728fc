package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A jar that is dropped in is there at once, and what is wrong with it is told as its own. */
class OwnJarsTest {

    private static final String STUDY = """
        study: own
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 4, test: 2}
        tasks: [scienceqa, vizwiz]
        training: {steps: 1, batch: 4}
        arms:
          a:
            learner: prompt
            pool: {id: prototype, length: 2}
            selector: {id: %s, bundle: my.lab.%s}
            fusion: concat
        """;

    @TempDir
    Path folder;

    private Product product;
    private Path dropins;

    @BeforeEach
    void begin() throws IOException {
        product = Product.in(folder);
        dropins = Files.createDirectory(folder.resolve("drop ins"));
    }

    /** A selector that begins with some code. */
    private Path jar(Path into, String id, String code) throws IOException {
        return new OwnSelector(id, code, 1).jar(product, into);
    }

    private Product.Result karuta(String... arguments) {
        var all = Stream.concat(Stream.of(arguments), Stream.of("--dropins", dropins.toString()))
                .toArray(String[]::new);
        return product.start(Map.of(), all).end();
    }

    private Path study(String id) throws IOException {
        return Files.writeString(folder.resolve(id + ".yaml"), STUDY.formatted(id, id));
    }

    @Test
    void itIsListedAndRunAndTheRecordSaysWhatItWas() throws IOException {
        jar(dropins, "own", "");
        Files.writeString(dropins.resolve("broken.jar"), "no archive");
        var listed = karuta("strategies", "selector");
        assertEquals(0, listed.code(), listed.err());
        assertTrue(listed.out().contains("my.lab.own"), listed.out());
        assertTrue(listed.err().contains("warning: dropins/broken.jar is no archive, or a damaged one"), listed.err());

        var run = karuta(
                "run", study("own").toString(), "--out", folder.resolve("out").toString());
        assertEquals(0, run.code(), run.err());
        var record = Files.readString(folder.resolve("out/own.a.default.seed1/run.json"));
        var part = record.substring(record.indexOf("\"name\": \"selector.own\""));
        assertTrue(part.contains("\"bundle\": \"my.lab.own\""), part);
        assertTrue(part.contains("\"version\": \"1.0.0\""), part);
        assertTrue(part.contains("\"file\": \"dropins/own.jar\""), part);
        assertTrue(part.matches("(?s).*\"sha256\": \"[0-9a-f]{64}\".*"), part);
    }

    @Test
    void aFolderThatIsNotThereIsAMistakeOfTheCommand() {
        var result = product.start(Map.of(), "strategies", "--dropins=" + folder.resolve("none"))
                .end();
        assertEquals(2, result.code(), result.err());
        assertTrue(result.err().contains("There is no folder "), result.err());
    }

    @Test
    void anExceptionIsToldWithClassLineAndArm() throws IOException {
        jar(
                dropins,
                "throws",
                "private int calls;\n    public Own() { throw new IllegalStateException(\"no weights\"); }");
        var told = karuta("validate", study("throws").toString());
        assertEquals(2, told.code(), told.err());
        for (var words : List.of(
                "throws.yaml:",
                "arm \"a\": Strategy selector.throws of bundle my.lab.throws 1.0.0 (dropins/throws.jar) failed to load: its"
                        + " constructor threw java.lang.IllegalStateException: no weights, in my.lab.Own.<init>(Own.java:4)")) {
            assertTrue(told.err().contains(words), told.err());
        }
        assertFalse(told.err().contains("defect"), told.err());

        var doctor = karuta("doctor", study("throws").toString());
        assertEquals(2, doctor.code(), doctor.err());
        assertTrue(doctor.out().contains("no weights, in my.lab.Own.<init>(Own.java:4)"), doctor.out());
    }

    @Test
    void whatDoesNotComeToAnEndDoesNotKeepTheDoctor() throws IOException {
        var jar = jar(folder, "endless", "static { while (System.nanoTime() != 0) { Thread.onSpinWait(); } }");
        var told = karuta("doctor", jar.toString(), "--limit", "3");
        assertEquals(2, told.code(), told.err());
        assertTrue(
                told.out()
                        .contains(
                                "does not come to an end: after 3 s selector.endless is still in the static initialiser,"
                                        + " my.lab.Own.<clinit>(Own.java:3)"),
                told.out());
    }

    /** Where it is not written, but brought about, reading the jar does not find it. */
    @Test
    void aHiddenExitIsToldAsThatOfTheJar() throws IOException {
        var jar = jar(folder, "exits", """
            static {
                try {
                    System.class.getMethod("exit", int.class).invoke(null, 0);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }""");
        var told = karuta("doctor", jar.toString());
        assertEquals(2, told.code(), told.out());
        assertTrue(told.err().contains("System.exit was called by my.lab.Own.<clinit>(Own.java:"), told.err());
        assertTrue(
                told.out().contains("exits.jar (bundle my.lab.exits 1.0.0)")
                        && told.out().contains("ended the whole program while selector.exits was being made"),
                told.out());
        assertTrue(told.out().endsWith("Faults: 1.\n"), told.out());
    }

    /** No code survives it, neither a hook nor a handler of ours. */
    @Test
    void aHiddenHaltIsToldAsThatOfTheJar() throws IOException {
        var jar = jar(folder, "halts", """
            static {
                try {
                    Runtime.class.getMethod("halt", int.class).invoke(Runtime.getRuntime(), 0);
                } catch (ReflectiveOperationException e) {
                    throw new IllegalStateException(e);
                }
            }""");
        var told = karuta("doctor", jar.toString(), "--json");
        assertEquals(2, told.code(), told.out());
        assertTrue(told.out().contains("\"fault\": \"exit\""), told.out());
        assertTrue(told.out().contains("ended the whole program while selector.halts was being made"), told.out());
    }
}
