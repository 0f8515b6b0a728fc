package karuta.archive.trust;

import static karuta.archive.pool.Pools.MANIFEST;
import static karuta.archive.pool.Pools.NOON;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.archive.Programs;
import karuta.archive.git.Author;
import karuta.archive.git.Change;
import karuta.archive.git.Committer;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.PoolFiles;
import karuta.archive.ssh.SigningKey;
import karuta.archive.ssh.SshKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a history says of who has signed. */
class SignedByTest {

    private static final Author ADA = new Author("Ada", "ada@example.org");

    @TempDir
    private Path place;

    private Path folder;
    private Path ada;
    private Path eve;

    @BeforeEach
    void makeKeys() {
        Programs.assumeSsh();
        folder = place.resolve("team.pool");
        ada = new Programs(place).key("ada", "-t", "ed25519");
        eve = new Programs(place).key("eve", "-t", "ed25519");
    }

    private static List<SshKey> keys(Path key) {
        return SshKey.read(key.resolveSibling(key.getFileName() + ".pub"));
    }

    private static Change file(String content) {
        return Change.NONE.put("note", content.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> signers() {
        try (var pool = PoolRepository.read(folder)) {
            return pool.log().stream()
                    .map(revision -> SignedBy.of(pool, revision))
                    .map(signer -> signer.map(SignedBy::words).orElse("nobody"))
                    .toList();
        }
    }

    @Test
    void aKeyWithARoleIsAPersonAndAnotherOneAFingerprint() {
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(PoolFiles.begun(MANIFEST), ADA, NOON, "Begins a pool");
            pool.commit(file("0"), Committer.signing(ADA, new SigningKey(ada)), NOON, "before the roles");
            var roles = Roles.of(new Author("Ada Byron", "ada@example.org"), keys(ada));
            pool.commit(roles.change(), Committer.signing(ADA, new SigningKey(ada)), NOON, "roles");
            pool.commit(file("1"), Committer.signing(ADA, new SigningKey(eve)), NOON, "by Eve in Ada's name");
        }
        assertEquals(List.of(keys(eve).get(0).fingerprint(), "Ada Byron", "Ada Byron", "nobody"), signers());
    }

    @Test
    void aSignatureOfAnotherRevisionOrOfAnotherFormIsNotValid() {
        Committer copies = Committer.signing(ADA, commit -> new SigningKey(ada).sign(new byte[] {1}));
        Committer unreadable =
                Committer.signing(ADA, commit -> "-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----");
        try (var pool = PoolRepository.create(folder)) {
            pool.commit(PoolFiles.begun(MANIFEST), copies, NOON, "made for something else");
            pool.commit(file("1"), unreadable, NOON, "no SSH signature");
            var first = SignedBy.of(pool, pool.log().get(1)).orElseThrow();
            assertEquals(Optional.of(keys(ada).get(0).fingerprint()), first.key());
        }
        assertEquals(List.of("not valid", "not valid"), signers());
    }
}
