package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.age.Identity;
import karuta.archive.git.Author;
import karuta.archive.git.Committer;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.archive.pool.PoolFiles;
import karuta.archive.ssh.SigningKey;
import karuta.archive.trust.Memory;
import karuta.archive.trust.PoolBeginning;
import karuta.archive.trust.Roles;
import karuta.archive.trust.Trust;
import karuta.archive.trust.TrustedPools;
import picocli.CommandLine.Option;

/** Which pool, and with which key. */
final class PoolOptions {

    @Option(
            names = "--pool",
            paramLabel = "DIR",
            description = "The pool's folder (default: ${DEFAULT-VALUE}).",
            defaultValue = "team.pool")
    private Path folder = Path.of("team.pool");

    @Option(
            names = "--identity",
            paramLabel = "FILE",
            description = "Your key file, as age-keygen writes it, for a pool whose cards are encrypted.")
    private Optional<Path> identity = Optional.empty();

    Path folder() {
        return folder;
    }

    /** To use; somebody else may write to it meanwhile. */
    PoolRepository read() {
        return TrustedPools.ofUser().read(folder);
    }

    /** To change. */
    PoolRepository open() {
        return TrustedPools.ofUser().open(folder);
    }

    /** A new one. */
    PoolBeginning beginning() {
        return new PoolBeginning(folder, Memory.ofUser());
    }

    /** To look at, whatever somebody has done to it. */
    PoolRepository inspect() {
        var repository = PoolRepository.read(folder);
        try {
            PoolFiles.require(repository);
            return repository;
        } catch (RuntimeException refused) {
            repository.close();
            throw refused;
        }
    }

    Trust trust(PoolRepository repository) {
        return new Trust(repository, Memory.ofUser());
    }

    /** A revision to use: the newest one, or one that it has come from. */
    Snapshot at(PoolRepository repository, String revision) {
        var snapshot = repository.at(revision);
        trust(repository).admitUse(snapshot);
        return snapshot;
    }

    PoolFiles files(Snapshot snapshot) {
        return new PoolFiles(snapshot, identities());
    }

    /** The keys that open encrypted cards. */
    List<Identity> identities() {
        return identity.map(Identity::read).orElse(List.of());
    }

    /** The files of the newest revision. */
    PoolFiles files(PoolRepository pool) {
        return PoolFiles.newest(pool, identities());
    }

    /** Who makes a revision. */
    static final class By {

        @Option(
                names = "--author",
                paramLabel = "WHO",
                description = "Who you are, as \"Ada Byron <ada@example.org>\" (default: what git's settings say).")
        private Optional<String> author = Optional.empty();

        @Option(
                names = "--sign",
                paramLabel = "KEY",
                description =
                        "Your SSH key, which signs (default: KARUTA_SIGNING_KEY; or git's user.signingKey, where git"
                                + " signs commits or the pool has roles).")
        private Optional<Path> key = Optional.empty();

        /** Who the command line says, if it says so; to be asked before anything is done. */
        Optional<Author> said() {
            named().ifPresent(SigningKey::new); // which refuses what is none
            return author.map(Author::parse);
        }

        private Optional<Path> named() {
            return key.or(() -> Optional.ofNullable(System.getenv("KARUTA_SIGNING_KEY"))
                    .filter(file -> !file.isBlank())
                    .map(Path::of));
        }

        Committer of(PoolRepository pool) {
            var author = author(pool);
            return named().or(() -> keyOfGit(pool))
                    .<Committer>map(file -> Committer.signing(author, new SigningKey(file)))
                    .orElse(author);
        }

        private static Optional<Path> keyOfGit(PoolRepository pool) {
            return pool.settings()
                    .signingKey()
                    .filter(key -> pool.settings().wantsSignatures()
                            || pool.head().flatMap(Roles::of).isPresent())
                    .map(By::file);
        }

        private static Path file(String key) {
            if (key.startsWith("key::") || key.startsWith("ssh-")) {
                throw new KarutaException(
                        "Git's user.signingKey is a key itself, and Karuta wants a file.",
                        "Name the file by --sign, or by git config user.signingKey; a .pub file will do where the agent has the key.");
            }
            return key.startsWith("~/")
                    ? Path.of(System.getProperty("user.home")).resolve(key.substring(2))
                    : Path.of(key);
        }

        private Author author(PoolRepository pool) {
            return said().or(() -> pool.settings().author())
                    .orElseThrow(() -> new KarutaException(
                            "It is not known who makes this revision.",
                            "Say so by --author \"Ada Byron <ada@example.org>\", or tell git once: git config --global"
                                    + " user.name and user.email."));
        }
    }
}
