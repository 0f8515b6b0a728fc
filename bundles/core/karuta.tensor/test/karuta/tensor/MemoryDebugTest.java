package karuta.tensor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the debug option finds, in processes of their own, since what it finds may end them. */
class MemoryDebugTest {

    /** Each of 64 rows of 2 numbers is used once. */
    private static final String RIGHT = "0 [" + "1.0, ".repeat(127) + "1.0]\n";

    @TempDir
    Path folder;

    @Test
    void memoryThatPyTorchOwnsIsStillThereInTheBackwardPass() throws Exception {
        assertEquals(RIGHT, run("owned"));
    }

    @Test
    void memoryThatJavaHasFreedShows() throws Exception {
        assertNotEquals(RIGHT, run("borrowed"));
    }

    /** The exit code and what was printed. */
    private String run(String index) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m"));
        for (var property : List.of("ai.djl.offline", "OPT_OUT_TRACKING", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR")) {
            command.add("-D" + property + "=" + System.getProperty(property, ""));
        }
        command.addAll(List.of(
                "-D" + MemoryDebug.PROPERTY + "=true",
                "-XX:ErrorFile=" + folder.resolve("crash.log"),
                "-cp",
                System.getProperty("java.class.path"),
                FreedMemory.class.getName(),
                index));
        var output = folder.resolve(index);
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("MALLOC_PERTURB_", "165"); // glibc overwrites what is freed
        var process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return process.waitFor() + " " + Files.readString(output);
    }
}
