package karuta.archive.git;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import org.eclipse.jgit.api.Git;
import org.eclipse.jgit.api.errors.GitAPIException;
import org.eclipse.jgit.lib.Repository;

/**
 * What clearing up has changed. What no revision, branch or tag needs is removed whatever its age: only who holds the
 * pool's lock may clear up, so that nobody is about to need it.
 *
 * @param before bytes that the repository took
 * @param after bytes that it takes
 */
public record Garbage(long before, long after) {

    static Garbage collect(Repository git, Path pool) throws IOException {
        var folder = git.getDirectory().toPath();
        var before = size(folder);
        new Remnants(folder, pool).remove();
        try (var porcelain = Git.wrap(git)) {
            porcelain.gc().setPreserveOldPacks(false).setExpire(new Date()).call();
        } catch (GitAPIException failed) {
            throw new IOException(failed.getMessage(), failed);
        }
        return new Garbage(before, size(folder));
    }

    private static long size(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
