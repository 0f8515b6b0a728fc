package karuta.picture;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import karuta.api.KarutaException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files damaged at random are read or refused, and nothing else. More of them: {@code -Dkaruta.fuzz.pictures=100000}; which
 * of them Pillow reads otherwise: {@link Compared}.
 */
class DamagedPictureTest {

    private static final int COUNT = Integer.getInteger("karuta.fuzz.pictures", 600);
    private static final long SEED = Long.getLong("karuta.fuzz.seed", 1);
    private static final long HANGS = Duration.ofSeconds(10).toNanos();

    @Test
    void aDamagedPictureIsReadOrRefusedWithAReason(@TempDir Path folder) throws IOException {
        var good = new ArrayList<byte[]>();
        try (var files = Files.list(Path.of("test", "fixtures"))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.size(file) < 5000) {
                    good.add(Files.readAllBytes(file));
                }
            }
        }
        var mutations = new Mutations(good, SEED);
        var read = 0;
        for (var i = 0; i < COUNT; i++) {
            var file = folder.resolve("picture");
            Files.write(file, mutations.next());
            var start = System.nanoTime();
            if (isRead(file, i)) {
                read++;
            }
            assertTrue(System.nanoTime() - start < HANGS, "file " + i + " takes too long");
        }
        assertTrue(read > COUNT / 10 && read < COUNT, read + " of " + COUNT + " are read");
    }

    private static boolean isRead(Path file, int number) {
        try {
            ImageFiles.STORED.read(file);
            return true;
        } catch (KarutaException e) {
            assertTrue(e.getMessage().contains(file + ": "), e.getMessage());
            assertTrue(e.getMessage().contains(".\n  "), e.getMessage());
            return false;
        } catch (Throwable e) {
            throw new AssertionError("file " + number + " of seed " + SEED, e);
        }
    }
}
