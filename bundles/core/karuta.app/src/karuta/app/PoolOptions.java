package karuta.app;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.age.Identity;
import karuta.archive.git.Author;
import karuta.archive.git.PoolRepository;
import karuta.archive.git.Snapshot;
import karuta.archive.pool.PoolFiles;
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

    /** To look at; somebody else may write to it meanwhile. */
    PoolRepository read() {
        return PoolRepository.read(folder);
    }

    /** To change. */
    PoolRepository open() {
        return PoolRepository.open(folder);
    }

    PoolFiles files(Snapshot snapshot) {
        return new PoolFiles(snapshot, identity.map(Identity::read).orElse(List.of()));
    }

    /** The files of the newest revision. */
    PoolFiles files(PoolRepository pool) {
        return files(pool.head()
                .orElseThrow(() -> new KarutaException(
                        folder + " is an empty git repository.", "Make a pool with \"karuta pool import\".")));
    }

    /** Who makes a revision. */
    static final class By {

        @Option(
                names = "--author",
                paramLabel = "WHO",
                description = "Who you are, as \"Ada Byron <ada@example.org>\" (default: what git's settings say).")
        private Optional<String> author = Optional.empty();

        /** Who the command line says, if it says so; to be asked before anything is done. */
        Optional<Author> said() {
            return author.map(Author::parse);
        }

        Author of(PoolRepository pool) {
            return said().or(pool::author)
                    .orElseThrow(() -> new KarutaException(
                            "It is not known who makes this revision.",
                            "Say so by --author \"Ada Byron <ada@example.org>\", or tell git once: git config --global"
                                    + " user.name and user.email."));
        }
    }
}
