package karuta.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Images that lie where samples' images lie, and that no sample names. */
final class Orphans {

    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "webp", "gif", "bmp", "tif", "tiff");

    private Orphans() {}

    /** @param folders that are looked into, and into all that is in them */
    static void find(List<Path> folders, Images images, Findings findings) {
        for (var folder : outermost(folders)) {
            try (var files = Files.walk(folder)) {
                files.filter(file -> isImage(file) && !images.isNamed(file))
                        .sorted()
                        .forEach(file -> findings.add(Kind.ORPHAN, "", "No sample names " + file + "."));
            } catch (IOException | UncheckedIOException e) {
                findings.add(Kind.NOTE, "", "The folder " + folder + " cannot be looked through (" + e + ").");
            }
        }
    }

    private static Set<Path> outermost(List<Path> folders) {
        var outermost = new TreeSet<Path>();
        folders.stream()
                .filter(folder ->
                        folders.stream().noneMatch(other -> !other.equals(folder) && folder.startsWith(other)))
                .forEach(outermost::add);
        return outermost;
    }

    /** By its name. */
    static boolean isImage(Path file) {
        var name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT))
                && Files.isRegularFile(file);
    }
}
