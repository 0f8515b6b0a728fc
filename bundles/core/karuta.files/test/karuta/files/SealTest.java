package karuta.files;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealTest {

    private static final Seal SEAL = new Seal("\"sha256\": \"");

    @Test
    void everyFlippedBitBreaksTheSeal() {
        var sealed = SEAL.seal("{\"a\": \"ä\", \"sha256\": \"" + Seal.BLANK + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        assertTrue(SEAL.holds(sealed));
        for (var bit = 0; bit < 8 * sealed.length; bit++) {
            sealed[bit / 8] ^= (byte) (1 << bit % 8);
            assertFalse(SEAL.holds(sealed), "bit " + bit);
            sealed[bit / 8] ^= (byte) (1 << bit % 8);
        }
        assertFalse(SEAL.holds("{}".getBytes(StandardCharsets.UTF_8)), "no seal holds nothing");
    }

    @Test
    void hashesAreThoseOfOthers(@TempDir Path folder) throws IOException {
        var abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"; // FIPS 180-2, B.1
        var file = Files.writeString(folder.resolve("abc"), "abc");
        assertEquals(abc, Sha256.of("abc"));
        assertEquals(abc, Sha256.of(file));
        Files.writeString(file, "xabcx");
        try (var channel = FileChannel.open(file)) {
            assertEquals(abc, new Sha256().add(channel, 1, 3).hex());
        }
    }
}
