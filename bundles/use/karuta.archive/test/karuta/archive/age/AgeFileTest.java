package karuta.archive.age;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.exceptionfactory.jagged.x25519.X25519KeyPairGenerator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import karuta.api.KarutaException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against the program age, and against whoever changes a bit. */
class AgeFileTest {

    @TempDir
    private Path place;

    private Recipient ada;
    private List<Identity> adasKey;
    private Recipient bob;
    private List<Identity> bobsKey;

    @BeforeEach
    void makeKeys() throws GeneralSecurityException, IOException {
        var first = new X25519KeyPairGenerator().generateKeyPair();
        var second = new X25519KeyPairGenerator().generateKeyPair();
        ada = new Recipient(first.getPublic().toString(), "Ada");
        bob = new Recipient(second.getPublic().toString(), "");
        adasKey = Identity.read(file("ada.key", first));
        bobsKey = Identity.read(file("bob.key", second));
    }

    private Path file(String name, KeyPair keys) throws IOException {
        return Files.writeString(
                place.resolve(name), "# public key: " + keys.getPublic() + "\n" + keys.getPrivate() + "\n");
    }

    @Test
    void eachRecipientOpensIt() {
        for (var size : List.of(0, 1, 65_535, 65_536, 65_537, 200_000)) {
            var clear = bytes(size);
            var closed = AgeFile.close(clear, List.of(ada, bob));
            assertArrayEquals(clear, AgeFile.open("card", closed, adasKey));
            assertArrayEquals(clear, AgeFile.open("card", closed, bobsKey));
        }
    }

    @Test
    void aRecipientIsWhoseAddressItsNameHas() {
        var named = new Recipient(ada.key(), "Ada Byron <ada@example.org>, her laptop");
        assertTrue(named.isOf("Ada@example.org"));
        assertFalse(named.isOf("a@example.org"));
        assertFalse(bob.isOf(""));
        assertFalse(bob.isOf("bob@example.org"));
    }

    @Test
    void nobodyElseDoes() {
        var closed = AgeFile.close(bytes(100), List.of(ada));
        assertTrue(refusal(closed, bobsKey).contains("cannot be opened with the given key"));
        assertTrue(refusal(closed, List.of()).contains("is encrypted"));
    }

    @Test
    void anyBitThatChangedIsTold() {
        var clear = bytes(70_000); // two chunks
        var closed = AgeFile.close(clear, List.of(ada));
        var random = new Random(5);
        for (var i = 0; i < 300; i++) {
            var at = i < 200 ? i : random.nextInt(closed.length); // all of the header, and some of the rest
            var changed = closed.clone();
            changed[at] ^= (byte) (1 << random.nextInt(8));
            refusal(changed, adasKey);
        }
    }

    @Test
    void anyCutIsTold() {
        var closed = AgeFile.close(bytes(70_000), List.of(ada));
        var header = closed.length - 70_000 - 2 * 16;
        for (var length : List.of(0, 1, 50, header - 1, header, header + 65_536 + 16, closed.length - 1)) {
            refusal(Arrays.copyOf(closed, length), adasKey);
        }
        refusal(Arrays.copyOf(closed, closed.length + 1), adasKey);
    }

    @Test
    void theProgramAgeOpensItAndClosesForUs() throws Exception {
        assumeTrue(onPath("age"), "the program age is not installed (Debian: apt-get install age)");
        var clear = bytes(100_000);
        var closed = Files.write(place.resolve("card.age"), AgeFile.close(clear, List.of(ada)));
        run("age", "-d", "-i", "ada.key", "-o", "card.clear", closed.toString());
        assertArrayEquals(clear, Files.readAllBytes(place.resolve("card.clear")));
        Files.write(place.resolve("recipients.txt"), Recipient.file(List.of(ada, bob)));
        run("age", "-R", "recipients.txt", "-o", "theirs.age", "card.clear");
        assertArrayEquals(clear, AgeFile.open("card", Files.readAllBytes(place.resolve("theirs.age")), bobsKey));
    }

    @Test
    void recipientsAreReadAsTheyAreWritten() {
        assertEquals(List.of(ada, bob), Recipient.list(Recipient.file(List.of(ada, bob))));
        for (var unfit : List.of(
                "", "age1", ada.key().substring(1), ada.key() + "q", ada.key().replace('q', 'p') + "x")) {
            assertThrows(KarutaException.class, () -> new Recipient(unfit, ""));
        }
    }

    @Test
    void aKeyNeverSaysItself() throws IOException {
        var text = Files.readString(place.resolve("ada.key"));
        var secret =
                text.lines().filter(line -> line.startsWith("AGE")).findFirst().orElseThrow();
        var broken = Files.writeString(place.resolve("broken"), secret.substring(0, secret.length() - 1));
        var refused = assertThrows(KarutaException.class, () -> Identity.read(broken));
        for (Throwable at = refused; at != null; at = at.getCause()) {
            assertFalse(at.toString().contains(secret.substring(20, 40)), at.toString());
        }
        assertFalse(adasKey.toString().contains(secret.substring(20, 40)));
        assertThrows(KarutaException.class, () -> Identity.read(place.resolve("none")));
        assertThrows(
                KarutaException.class,
                () -> Identity.read(Files.writeString(place.resolve("public"), ada.key() + "\n")));
    }

    private static String refusal(byte[] closed, List<Identity> keys) {
        return assertThrows(KarutaException.class, () -> AgeFile.open("card", closed, keys))
                .getMessage();
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return bytes;
    }

    private static boolean onPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(java.io.File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void run(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(place.toFile())
                .redirectErrorStream(true)
                .start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }
}
