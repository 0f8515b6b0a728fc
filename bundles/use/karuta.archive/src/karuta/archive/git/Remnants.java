package karuta.archive.git;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What killed processes leave in a repository: locks of git's own files, and drafts of what was to be renamed when it was whole. Only
 * who holds the lock of the folder knows that nobody needs them any more.
 *
 * @param own git's folder
 * @param folder with the files that people see
 */
record Remnants(Path own, Path folder) {

    private static final List<String> LOCKS =
            List.of("index.lock", "HEAD.lock", "packed-refs.lock", "config.lock", "gc.pid", "gc.log.lock");

    /** As JGit's checkout calls what it renames when it is whole. */
    private static final Pattern FILE = Pattern.compile("\\._.*\\.tmp");

    /** As JGit calls objects and packs that it renames when they are whole, and the locks of packs' files. */
    private static final Pattern OBJECT =
            Pattern.compile("noz\\d+\\.tmp|(incoming|insert)_\\d+\\..*|gc_.*_tmp|.*\\.lock");

    /** What JGit writes into the file that keeps a pack from being cleared up while it is fetched. People keep packs, too. */
    private static final String FETCHED = "jgit fetch ";

    private static final String KEPT = ".keep";

    /** Removes them. */
    void remove() throws IOException {
        var all = Stream.of(
                        LOCKS.stream().map(own::resolve).toList(),
                        files(own.resolve("refs"), this::isOfRefs),
                        files(own.resolve("objects"), Remnants::isOfObjects),
                        files(
                                folder,
                                file -> !file.startsWith(own)
                                        && FILE.matcher(name(file)).matches()))
                .flatMap(List::stream)
                .toList();
        for (var file : all) {
            Files.deleteIfExists(file);
        }
    }

    private static List<Path> files(Path folder, Predicate<Path> which) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.filter(which).toList();
        }
    }

    private boolean isOfRefs(Path file) {
        return name(file).endsWith(".lock") || file.equals(own.resolve(Visit.GUEST));
    }

    private static boolean isOfObjects(Path file) {
        return OBJECT.matcher(name(file)).matches() || name(file).endsWith(KEPT) && isOfFetch(file);
    }

    private static boolean isOfFetch(Path kept) {
        try {
            return Files.readString(kept, StandardCharsets.ISO_8859_1).startsWith(FETCHED);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }
}
