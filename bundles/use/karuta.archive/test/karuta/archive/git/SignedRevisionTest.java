package karuta.archive.git;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import karuta.api.KarutaException;
import karuta.archive.Programs;
import karuta.archive.ssh.SigningKey;
import karuta.archive.ssh.SshSignature;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Git believes Karuta's signatures, and Karuta git's. */
class SignedRevisionTest {

    private static final Author ADA = new Author("Ada Byron", "ada@example.org");
    private static final Instant NOON = Instant.parse("2026-11-27T12:00:00Z");

    @TempDir
    private Path place;

    private Path folder;
    private Path key;
    private Programs git;

    @BeforeEach
    void begin() throws IOException {
        Programs.assumeSsh();
        key = new Programs(place).key("ada", "-t", "ed25519");
        folder = place.resolve("team.pool");
        git = new Programs(folder);
        Files.writeString(
                place.resolve("allowed"),
                "ada@example.org namespaces=\"git\" " + Files.readString(place.resolve("ada.pub")));
    }

    private Committer ada() {
        return Committer.signing(ADA, new SigningKey(key));
    }

    @Test
    void gitVerifiesWhatKarutaSigns() {
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(file("a", "one"), ada(), NOON, "Learns Ärger & 印\n\nin many\n\n lines");
            pool.commit(file("a", "two"), ADA, NOON, "not signed");
            pool.commit(file("a", "three"), ada(), NOON, "signed");
        }
        assertEquals(List.of("G", "N", "G"), log("%G?"));
        assertEquals(List.of("ada@example.org", "", "ada@example.org"), log("%GS"));
        assertTrue(git.run("git", "-c", allowed(), "log", "--show-signature")
                .contains("Good \"git\" signature for ada@example.org"));
        assertEquals("", git.run("git", "fsck", "--strict"));
    }

    @Test
    void karutaVerifiesWhatGitSigns() throws IOException {
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(file("a", "one"), ADA, NOON, "not signed");
        }
        Files.writeString(folder.resolve("b"), "by git");
        git.run("git", "add", "b");
        git.run(
                "git",
                "-c",
                "gpg.format=ssh",
                "-c",
                "user.signingkey=" + key,
                "-c",
                "user.name=Ada",
                "-c",
                "user.email=a@b",
                "commit",
                "-q",
                "-S",
                "-m",
                "with\n\nlines");
        try (var pool = PoolRepository.read(folder)) {
            var signed = pool.lineage().signed(pool.head().orElseThrow().revision());
            assertTrue(SshSignature.parse(signed.signature()).fits(signed.payload()));
            assertEquals("", pool.lineage().signed(pool.at("HEAD~1").revision()).signature());
        }
    }

    @Test
    void twoSignaturesAreNone() {
        var commit = "tree 1\ngpgsig one\n more\nauthor a\ngpgsig two\n\nwords\n gpgsig no header\n";
        var refused = assertThrows(
                IllegalArgumentException.class, () -> SignedCommit.of(ADA, commit.getBytes(StandardCharsets.UTF_8)));
        assertTrue(refused.getMessage().contains("2 signatures"), refused.getMessage());
        var one = SignedCommit.of(ADA, commit.replace("gpgsig two\n", "").getBytes(StandardCharsets.UTF_8));
        assertEquals("one\nmore\n", one.signature());
        assertEquals(
                "tree 1\nauthor a\n\nwords\n gpgsig no header\n", new String(one.payload(), StandardCharsets.UTF_8));
    }

    @Test
    void aKeyThatCannotSignChangesNothing() throws IOException {
        try (var pool = PoolRepository.create(folder)) {
            var first = pool.commit(file("a", "one"), ada(), NOON, "first");
            Files.writeString(key, "no key");
            assertThrows(KarutaException.class, () -> pool.commit(file("a", "two"), ada(), NOON, "second"));
            assertEquals(first.revision(), pool.head().orElseThrow().revision());
            assertEquals("one", Files.readString(folder.resolve("a")));
            assertFalse(Files.exists(folder.resolve(".git/karuta-writes")));
        }
    }

    @Test
    void aGuardIsAskedBeforeAndToldAfterwards() {
        var heard = new java.util.ArrayList<String>();
        try (var pool = PoolRepository.create(folder)) {
            var first = pool.commit(file("a", "one"), ADA, NOON, "first");
            pool.setGuard(new Guard() {

                @Override
                public void admit(Snapshot next) {
                    assertEquals(first.revision(), pool.head().orElseThrow().revision());
                    if (next.revision().subject().equals("bad")) {
                        throw new KarutaException("No.", "Do not.");
                    }
                }

                @Override
                public void made(Snapshot newest) {
                    assertEquals(newest.revision(), pool.head().orElseThrow().revision());
                    heard.add(newest.revision().subject());
                }
            });
            assertThrows(KarutaException.class, () -> pool.commit(file("a", "two"), ADA, NOON, "bad"));
            assertEquals(first.revision(), pool.head().orElseThrow().revision());
            pool.commit(file("a", "two"), ADA, NOON, "good");
            assertEquals(List.of("good"), heard);
        }
    }

    private List<String> log(String format) {
        return git.run("git", "-c", allowed(), "log", "--format=" + format)
                .lines()
                .toList();
    }

    private String allowed() {
        return "gpg.ssh.allowedSignersFile=" + place.resolve("allowed");
    }

    private static Change file(String path, String text) {
        return Change.NONE.put(path, text.getBytes(StandardCharsets.UTF_8));
    }
}
