package karuta.archive.trust;

import java.nio.file.Path;
import karuta.archive.git.PoolRepository;
import karuta.archive.pool.PoolFiles;

/**
 * Opens pools so that who has made their revisions is judged before anything of them is used, and before anything is written.
 *
 * @param memory what was seen of pools before
 */
public record TrustedPools(Memory memory) {

    /** By what this user has seen. */
    public static TrustedPools ofUser() {
        return new TrustedPools(Memory.ofUser());
    }

    /**
     * Opens one to use it; somebody else may write to it meanwhile.
     *
     * @throws karuta.api.KarutaException if it is none, or one of its revisions is not right
     */
    public PoolRepository read(Path folder) {
        return judged(PoolRepository.read(folder));
    }

    /**
     * Opens one to change it; nobody else does until it is closed.
     *
     * @throws karuta.api.KarutaException if it is none, another process writes to it, or one of its revisions is not right
     */
    public PoolRepository open(Path folder) {
        return judged(PoolRepository.open(folder));
    }

    private PoolRepository judged(PoolRepository repository) {
        try {
            PoolFiles.require(repository);
            var trust = new Trust(repository, memory);
            trust.check();
            repository.setGuard(trust);
            return repository;
        } catch (RuntimeException refused) {
            repository.close();
            throw refused;
        }
    }
}
