package karuta.archive.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A process that may not write files of more than 200 kB, which fails as on a full disk. */
class FullDiskTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");

    @Test
    @EnabledOnOs(OS.LINUX)
    void whatHasNoRoomChangesNothing(@TempDir Path place) throws Exception {
        var folder = place.resolve("p");
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(Change.NONE.put("card", bytes(1000)), ADA, Instant.EPOCH, "small");
        }
        var said = write(folder);
        assertTrue(said.startsWith("The disk is full. "), said);
        assertTrue(said.contains("could not be changed"), said);
        try (var pool = PoolRepository.open(folder)) {
            assertEquals(1, pool.log().size());
            assertEquals(1000, pool.head().orElseThrow().read("card").orElseThrow().length);
            pool.commit(Change.NONE.put("card", bytes(2000)), ADA, Instant.EPOCH, "there is room again");
        }
        assertEquals(2000, Files.size(folder.resolve("card")));
    }

    private static String write(Path folder) throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java");
        var path = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        var process = new ProcessBuilder(
                        "bash",
                        "-c",
                        "ulimit -f 200; exec \"$0\" -XX:-UsePerfData -cp \"$1\" \"$2\" \"$3\"",
                        java.toString(),
                        path,
                        Writer.class.getName(),
                        folder.toString())
                .redirectErrorStream(true)
                .start();
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return said;
    }

    private static byte[] bytes(int count) {
        var bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    /** Tries to. */
    public static final class Writer {

        private Writer() {}

        public static void main(String[] folder) {
            try (var pool = PoolRepository.open(Path.of(folder[0]))) {
                pool.commit(Change.NONE.put("card", bytes(1_000_000)), ADA, Instant.EPOCH, "large");
            } catch (KarutaException refused) {
                System.out.println(refused.getMessage());
            }
        }
    }
}
