package karuta.use.care;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.archive.git.Author;
import karuta.archive.git.PoolRepository;
import karuta.archive.trust.TrustedPools;
import karuta.files.TemporaryFolder;

/**
 * Where cards are taken from, read as a pool: another pool, or an export in a pool that is there for as long as it is read.
 *
 * @param pool to read from
 * @param folder of a pool that goes when this is closed
 */
public record CardSource(PoolRepository pool, Optional<TemporaryFolder> folder) implements AutoCloseable {

    private static final Author NOBODY = new Author("export", "export@localhost");

    /** An empty one, for who has cards in another form. */
    public static CardSource empty() {
        try {
            var folder = TemporaryFolder.in(Path.of(System.getProperty("java.io.tmpdir")), "karuta-cards-");
            return new CardSource(PoolRepository.create(folder.path().resolve("pool")), Optional.of(folder));
        } catch (IOException failed) {
            throw new KarutaException(
                    "The folder for temporary files cannot be used: " + failed.getMessage() + ".",
                    "Name another one by KARUTA_JAVA_OPTS=-Djava.io.tmpdir=DIR.",
                    failed);
        }
    }

    /**
     * Opens a pool or an export.
     *
     * @throws KarutaException if it is neither, or a pool whose revisions are not right
     */
    public static CardSource of(Path path) {
        if (!PoolExport.is(path)) {
            return new CardSource(TrustedPools.ofUser().read(path), Optional.empty());
        }
        if (!Files.isReadable(path)) {
            throw new KarutaException(path + " cannot be read.", "Check whether it is yours.");
        }
        var export = PoolExport.read(path);
        var source = empty();
        source.pool().commit(export.change(), NOBODY, Instant.EPOCH, "As exported");
        return source;
    }

    @Override
    public void close() {
        pool.close();
        folder.ifPresent(TemporaryFolder::close);
    }
}
