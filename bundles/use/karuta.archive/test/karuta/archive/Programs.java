package karuta.archive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The programs that others use on a pool.
 *
 * @param place where they run
 */
public record Programs(Path place) {

    /** What a program did. */
    public record End(int code, String words) {}

    /** Skips the test where OpenSSH's program is not installed. */
    public static void assumeSsh() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, "ssh-keygen"))),
                "the program ssh-keygen is not installed (Debian: apt-get install openssh-client)");
    }

    /** Makes a key, and says where. */
    public Path key(String name, String... options) {
        var command =
                new java.util.ArrayList<>(java.util.List.of("ssh-keygen", "-q", "-N", "", "-f", name, "-C", name));
        command.addAll(java.util.List.of(options));
        run(command.toArray(String[]::new));
        return place.resolve(name);
    }

    /** What a program prints that has to succeed. */
    public String run(String... command) {
        var end = end(command);
        assertEquals(0, end.code(), String.join(" ", command) + ": " + end.words());
        return end.words();
    }

    /** What a program does that knows of no user's settings. */
    public End end(String... command) {
        try {
            var builder = new ProcessBuilder(command).directory(place.toFile()).redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of("TZ", "UTC", "GIT_CONFIG_GLOBAL", "/dev/null", "GIT_CONFIG_SYSTEM", "/dev/null"));
            var process = builder.start();
            process.getOutputStream().close();
            var words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new End(process.waitFor(), words);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
