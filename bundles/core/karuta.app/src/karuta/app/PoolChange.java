package karuta.app;

import java.time.Instant;
import java.util.function.Function;
import karuta.archive.git.Change;
import karuta.archive.pool.PoolFiles;
import picocli.CommandLine.Mixin;

/** A pool whose newest revision is changed, and who does it. */
final class PoolChange {

    @Mixin
    private PoolOptions pool = new PoolOptions();

    @Mixin
    private PoolOptions.By by = new PoolOptions.By();

    /**
     * Makes a revision.
     *
     * @param change of the newest revision's files
     * @param message what git says of it
     * @return the short id of the newest revision
     */
    String make(Function<PoolFiles, Change> change, String message) {
        try (var repository = pool.open()) {
            return repository
                    .commit(change.apply(pool.files(repository)), by.of(repository), Instant.now(), message)
                    .revision()
                    .shortId();
        }
    }
}
