package karuta.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher script in a product of nothing, with a Java that does what a test says. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {

    private static final Path LAUNCHER = Path.of("../../../karuta").toAbsolutePath();

    private record End(int code, String out) {}

    @TempDir
    private Path folder;

    private Path java;

    @BeforeEach
    void makeJava() throws IOException {
        java = folder.resolve("jdk");
        Files.createDirectories(java.resolve("bin"));
        Files.writeString(java.resolve("release"), "JAVA_VERSION=\"17.0.1\"\n");
    }

    private Path product(String name) throws IOException {
        var product = Files.createDirectories(folder.resolve(name));
        var plugins = Files.createDirectories(product.resolve("plugins"));
        for (var platform : List.of("linux-x86_64", "linux-aarch64", "osx-aarch64")) {
            Files.createFile(plugins.resolve("ai.djl.pytorch.native.cpu_1." + platform + ".jar"));
        }
        Files.writeString(plugins.resolve("org.eclipse.equinox.launcher_1.jar"), "");
        Files.copy(LAUNCHER, product.resolve("karuta")).toFile().setExecutable(true);
        return product;
    }

    private Process start(Path product, String script, Map<String, String> environment) throws IOException {
        var program = java.resolve("bin/java");
        Files.writeString(program, "#!/bin/sh\n" + script + "\n");
        program.toFile().setExecutable(true);
        var builder = new ProcessBuilder(product.resolve("karuta").toString(), "version").redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("KARUTA_") || name.startsWith("LC_"));
        builder.environment().put("JAVA_HOME", java.toString());
        builder.environment().put("KARUTA_CACHE", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static End end(Process process) throws IOException, InterruptedException {
        var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return new End(process.exitValue(), out);
    }

    private End run(String script) throws IOException, InterruptedException {
        return end(start(product("product"), script, Map.of()));
    }

    @ParameterizedTest
    @CsvSource({"64, 0", "65, 1", "66, 2", "194, 130", "143, 143"})
    void anEndThatTheProgramMeansIsItsOwn(int left, int code) throws IOException, InterruptedException {
        assertEquals(new End(code, ""), run("exit " + left));
    }

    @ParameterizedTest
    @CsvSource({
        "0, something ended the program with code 0",
        "3, something ended the program with code 3",
        "1, Java could not start",
        "127, Java cannot be started",
        "13, this copy of Karuta cannot start",
        "15, this copy of Karuta cannot start",
        "134, native code broke down (signal 6)",
        "137, the program was killed"
    })
    void everyOtherEndIsToldAndFails(int left, String words) throws IOException, InterruptedException {
        var end = run("exit " + left);
        assertEquals(1, end.code());
        assertTrue(end.out().startsWith("karuta: " + words), end.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX", "xx_XX.UTF-8", "ja_JP.eucJP", ""})
    void namesOfFilesAreUtf8WhateverTheLocale(String locale) throws IOException, InterruptedException {
        var process = start(product("product"), "locale charmap; exit 64", Map.of("LANG", locale, "LC_ALL", locale));
        assertEquals(new End(0, "UTF-8\n"), end(process));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a:b", "a b;c+d&e'f\"g", "ä日本", "a\nb\n", "a[b]*"})
    void theFolderMayHaveAlmostAnyName(String name) throws IOException, InterruptedException {
        var script =
                "for a; do case $a in */org.eclipse.equinox.launcher_1.jar) [ -f \"$a\" ] && exit 64 ;; esac; done; exit 3";
        assertEquals(new End(0, ""), end(start(product(name), script, Map.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a#b", "a%b", "a?b", "a\\b"})
    void aNameThatCannotBeIsToldWithItsCharacters(String name) throws IOException, InterruptedException {
        var end = end(start(product(name), "exit 64", Map.of()));
        assertEquals(2, end.code());
        assertTrue(
                end.out().startsWith("karuta: Equinox cannot start in a folder with # % ? or \\ in its name"),
                end.out());
    }

    @Test
    void aCacheThatCannotBeWrittenIsToldWithWhatToSet() throws IOException, InterruptedException {
        var file = Files.createFile(folder.resolve("file"));
        var environment = Map.of("HOME", file.toString(), "KARUTA_CACHE", "", "XDG_CACHE_HOME", "");
        var end = end(start(product("product"), "exit 64", environment));
        assertEquals(2, end.code());
        assertTrue(end.out().contains("cannot be written: set KARUTA_CACHE"), end.out());
    }

    @Test
    void aCacheThatNothingCanBeExecutedFromIsToldWithWhatToSet() throws IOException, InterruptedException {
        var cache = Files.createDirectory(folder.resolve("noexec"));
        var product = product("product");
        start(product, "exit 64", Map.of()).destroyForcibly().waitFor(); // leaves the Java there
        var mounted = new ProcessBuilder(
                "unshare",
                "-m",
                "sh",
                "-c",
                "mount -t tmpfs -o noexec none \"$KARUTA_CACHE\" || exit 99; exec \"$0\" version",
                product.resolve("karuta").toString());
        mounted.environment().put("JAVA_HOME", java.toString());
        mounted.environment().put("KARUTA_CACHE", cache.toString());
        var end = end(mounted.redirectErrorStream(true).start());
        assumeTrue(end.code() != 99 && end.code() != 1, "only root can mount: " + end.out());
        assertEquals(2, end.code());
        assertTrue(end.out().contains("mounted noexec?"), end.out());
    }

    @Test
    void aSignalIsPassedOnAndASecondOneEndsTheProgram() throws IOException, InterruptedException {
        var process =
                start(product("product"), "trap 'echo told' TERM; echo up; while :; do sleep 0.05; done", Map.of());
        var out = process.inputReader();
        assertEquals("up", out.readLine());
        process.toHandle().destroy(); // Process.destroy closes its output too
        assertEquals("told", out.readLine());
        assertTrue(process.isAlive());
        process.toHandle().destroy(); // Process.destroy closes its output too
        assertTrue(process.waitFor(5, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue());
    }

    @Test
    void whatWasNeededToStartIsGoneAfterwards() throws IOException, InterruptedException {
        run("exit 64");
        try (var left = Files.walk(folder.resolve("cache")).filter(Files::isRegularFile)) {
            assertEquals(List.of(), left.toList());
        }
    }
}
