package karuta.archive.ssh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Random;
import karuta.api.KarutaException;
import karuta.archive.Programs;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against ssh-keygen, and against whoever changes a bit. */
class SshSignatureTest {

    private static final byte[] MESSAGE = "tree 0123\n\nLearns invoices\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path place;

    private Programs programs;

    @BeforeEach
    void begin() {
        Programs.assumeSsh();
        programs = new Programs(place);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ed25519", "rsa"})
    void whatSshKeygenSignsFits(String type) {
        var key = programs.key("ada", "-t", type);
        var signature = SshSignature.parse(new SigningKey(key).sign(MESSAGE));
        assertTrue(signature.fits(MESSAGE));
        assertEquals(SshKey.read(place.resolve("ada.pub")).get(0), signature.key());
        assertFalse(signature.fits("another".getBytes(StandardCharsets.UTF_8)));
        assertTrue(programs.run("ssh-keygen", "-l", "-f", "ada.pub")
                .contains(signature.key().fingerprint()));
    }

    @Test
    void itFitsOnlyWhatItIsFor() throws IOException {
        programs.key("ada", "-t", "ed25519");
        Files.write(place.resolve("m"), MESSAGE);
        programs.run("ssh-keygen", "-q", "-Y", "sign", "-n", "file", "-f", "ada", "m");
        assertFalse(SshSignature.parse(Files.readString(place.resolve("m.sig"))).fits(MESSAGE));
        Files.delete(place.resolve("m.sig"));
        programs.run("ssh-keygen", "-q", "-Y", "sign", "-n", "git", "-O", "hashalg=sha256", "-f", "ada", "m");
        assertTrue(SshSignature.parse(Files.readString(place.resolve("m.sig"))).fits(MESSAGE));
    }

    @Test
    void anyBitThatChangedIsTold() {
        var lines = new SigningKey(programs.key("ada", "-t", "ed25519")).sign(MESSAGE);
        var inner = lines.substring(lines.indexOf('\n'), lines.lastIndexOf('\n'));
        var blob = Base64.getMimeDecoder().decode(inner);
        var owner = SshSignature.parse(lines).key();
        var random = new Random(3);
        for (var at = 0; at < blob.length; at++) {
            var changed = blob.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            assertFalse(fits(changed, owner), "byte " + at);
        }
        for (var length = 0; length < blob.length; length++) {
            assertFalse(fits(java.util.Arrays.copyOf(blob, length), owner), "length " + length);
        }
        assertFalse(fits(java.util.Arrays.copyOf(blob, blob.length + 1), owner));
        assertTrue(fits(blob, owner));
    }

    private static boolean fits(byte[] blob, SshKey owner) {
        try {
            var signature = SshSignature.parse("-----BEGIN SSH SIGNATURE-----\n"
                    + Base64.getEncoder().encodeToString(blob) + "\n-----END SSH SIGNATURE-----");
            return signature.key().equals(owner) && signature.fits(MESSAGE);
        } catch (KarutaException refused) {
            return false;
        }
    }

    @Test
    void aKeyThatCannotSignIsToldInWords() throws IOException {
        var key = programs.key("ada", "-t", "ed25519");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
        assertTrue(refusal(key).contains("too open"), refusal(key));
        Files.writeString(key, "no key");
        Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
        assertTrue(refusal(key).contains("has not signed"), refusal(key));
        assertThrows(KarutaException.class, () -> new SigningKey(place.resolve("none")));
    }

    private static String refusal(Path key) {
        return assertThrows(KarutaException.class, () -> new SigningKey(key).sign(MESSAGE))
                .getMessage();
    }

    @Test
    void aKeyWhosePassphraseNobodyCanBeAskedForIsRefused() {
        programs.run("ssh-keygen", "-q", "-t", "ed25519", "-N", "secret", "-f", "closed", "-C", "closed");
        var refusal = refusal(place.resolve("closed"));
        assertTrue(refusal.contains("passphrase"), refusal);
        assertFalse(refusal.contains("secret"), refusal);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ssh-ed25519", "ssh-ed25519 AAAA", "ssh-rsa AAAAC3NzaC1lZDI1NTE5", "ecdsa-sha2-nistp256 AAAA"
            })
    void whatIsNoKeyIsRefused(String line) {
        assertThrows(KarutaException.class, () -> SshKey.parse(line));
    }

    @Test
    void aShortKeyOfRsaIsRefused() throws IOException {
        programs.key("short", "-t", "rsa", "-b", "1024");
        var line = Files.readString(place.resolve("short.pub"));
        assertTrue(assertThrows(KarutaException.class, () -> SshKey.parse(line))
                .getMessage()
                .contains("2048"));
    }
}
