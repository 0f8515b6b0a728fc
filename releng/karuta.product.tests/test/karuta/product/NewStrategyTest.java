package karuta.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A strategy of one's own, from {@code karuta new} to a study that uses it, without Maven. */
class NewStrategyTest {

    @TempDir
    private Path folder = Path.of("");

    private Product.Result karuta(String... words) {
        return karuta(Map.of(), words);
    }

    private Product.Result karuta(Map<String, String> environment, String... words) {
        var home = folder.resolve("karuta");
        var product = Files.exists(home) ? new Product(home, folder.resolve("cache")) : Product.in(folder);
        return product.start(environment, words).end();
    }

    private Product.Result well(String... words) {
        var result = karuta(words);
        assertEquals(0, result.code(), String.join(" ", words) + ": " + result.err());
        return result;
    }

    @Test
    void aNewSelectorIsBuiltListedAndValidInAStudy() {
        var written = well("new", "selector", "my.lab.nearest");
        assertTrue(written.out().contains("my.lab.nearest/src/main/java/my/lab/nearest/Nearest.java"), written.out());
        var built = well("build-strategy", "my.lab.nearest", "--install");
        assertEquals("", built.err());
        assertTrue(built.out().contains("installed "), built.out());
        assertTrue(Files.isRegularFile(folder.resolve("karuta/dropins/my.lab.nearest.jar")));
        var listed = well("strategies", "selector.nearest");
        assertTrue(listed.out().contains("selector.nearest  (bundle my.lab.nearest 0.1.0"), listed.out());
        assertTrue(listed.out().contains("How many cards are used at once (K)."), listed.out());
        assertTrue(listed.out().contains("whole number, from 1 to"), listed.out());
        assertTrue(well("validate", "my.lab.nearest/study.yaml").out().contains("The study is valid."));
    }

    @Test
    void everyStrategySaysWhatItIs() {
        var silent = Pattern.compile(".* 0\\.1\\.0\\.\\S+ *");
        var listed = well("strategies").out().lines().toList();
        assertTrue(listed.size() > 50, listed.toString());
        assertEquals(
                List.of(), listed.stream().filter(silent.asMatchPredicate()).toList());
    }

    @ParameterizedTest
    @CsvSource({
        "selektor, my.lab.nearest, There is no kind \"selektor\" (did you mean \"selector\"?)",
        "selector, my/lab/nearest, is no Java package",
        "selector, my.lab.dual, There is a selector.dual already",
        "selector, my.lab.there, There is something at my.lab.there already",
    })
    void whatCannotBeMadeIsToldAndNothingIsWritten(String kind, String name, String why) throws IOException {
        Files.createDirectory(folder.resolve("my.lab.there"));
        var result = karuta("new", kind, name);
        assertEquals(2, result.code());
        assertTrue(result.err().contains(why), result.err());
        assertEquals("", result.out());
        try (var files = Files.list(folder)) {
            assertEquals(
                    List.of("cache", "karuta", "my.lab.there"),
                    files.map(file -> file.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void mistakesInTheClassAreToldAsCompilersDo() throws IOException {
        well("new", "selector", "my.lab.nearest");
        var source = Path.of("my.lab.nearest/src/main/java/my/lab/nearest/Nearest.java");
        var text = Files.readString(folder.resolve(source));
        Files.writeString(folder.resolve(source), text.replace("calls.top(", "calls.tip("));
        var result = karuta("build-strategy", "my.lab.nearest", "--install");
        assertEquals(2, result.code());
        var line = text.lines().takeWhile(each -> !each.contains("calls.top(")).count() + 1;
        assertTrue(result.err().contains(source + ":" + line + ": cannot find symbol"), result.err());
        assertFalse(Files.exists(folder.resolve("my.lab.nearest/target")));
        assertFalse(Files.exists(folder.resolve("karuta/dropins")));
    }

    @Test
    void aDropInFolderThatCannotBeWrittenLeavesTheJar() throws IOException {
        well("new", "selector", "my.lab.nearest");
        Files.writeString(folder.resolve("locked"), "");
        var result = karuta(
                Map.of("KARUTA_DROPINS", folder.resolve("locked/dropins").toString()),
                "build-strategy",
                "my.lab.nearest",
                "--install");
        assertEquals(2, result.code());
        assertTrue(result.err().contains("Set KARUTA_DROPINS to a folder that you may write"), result.err());
        assertTrue(Files.isRegularFile(folder.resolve("my.lab.nearest/target/my.lab.nearest.jar")));
    }

    @Test
    void aJavaWithoutACompilerSaysWhatToInstall() throws IOException, InterruptedException {
        var jdk = Path.of(System.getProperty("java.home"));
        assumeTrue(Files.exists(jdk.resolve("jmods")), "this JDK cannot make a Java without a compiler");
        var jre = folder.resolve("jre");
        var modules = ModuleLayer.boot().modules().stream()
                .map(Module::getName)
                .filter(name -> name.startsWith("java.") || name.equals("jdk.unsupported"))
                .collect(Collectors.joining(","));
        var log = folder.resolve("jlink.txt").toFile();
        var command = Arrays.asList(
                jdk.resolve("bin/jlink").toString(), "--add-modules", modules, "--output", jre.toString());
        assertEquals(
                0,
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start()
                        .waitFor());
        well("new", "selector", "my.lab.nearest");
        var result = karuta(Map.of("JAVA_HOME", jre.toString()), "build-strategy", "my.lab.nearest");
        assertEquals(2, result.code());
        assertTrue(result.err().contains("Karuta runs on a Java runtime without a compiler (" + jre), result.err());
        assertTrue(result.err().contains("set JAVA_HOME to its folder"), result.err());
    }
}
