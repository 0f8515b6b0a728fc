package karuta.samples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.picture.ImageFiles;

/**
 * Where pictures are looked for, and how they are read.
 *
 * @param bases folders, the first one in which there is such a file counts
 * @param outside whether a picture may lie outside of these folders
 * @param files how pictures are read
 */
public record ImageRoot(List<Path> bases, boolean outside, ImageFiles files) {

    private static final String REMEDY = "Write paths relative to the data. Where pictures lie elsewhere, name their"
            + " folder with the option \"images\" of the benchmark, or allow any place with \"outside: true\".";

    /**
     * Checks what can be checked without looking.
     *
     * @param name path of a picture, as the data says it
     * @param where the data says it, for messages
     * @throws KarutaException if no file can be called so, or it would lie outside
     */
    public void check(String name, String where) {
        Path path;
        try {
            path = Path.of(name);
        } catch (InvalidPathException e) {
            throw new KarutaException(
                    where + " has the image \"" + printable(name) + "\": no file can be called so (" + e.getReason()
                            + ").",
                    "Correct the path in the file.",
                    e);
        }
        if (name.isBlank()) {
            throw new KarutaException(
                    where + " has an image without a name.", "Name the file, or leave \"image\" out.");
        }
        if (!outside && (path.isAbsolute() || path.normalize().startsWith(".."))) {
            throw new KarutaException(
                    where + " has the image " + name + ", which is outside of " + folders() + ".", REMEDY);
        }
    }

    /**
     * The file of a picture.
     *
     * @throws KarutaException if it is not there, or a link leads outside
     */
    public Path find(String name) {
        for (var base : bases) {
            var file = base.resolve(name);
            if (Files.isRegularFile(file)) {
                if (!outside && !isWithin(base, file)) {
                    throw new KarutaException(
                            "The image " + file + " is a link that leads out of " + base + ".", REMEDY);
                }
                return file;
            }
        }
        throw new KarutaException(
                "There is no image " + name + " in " + folders() + ".",
                "Put the image there, or correct the path in the file.");
    }

    /** Whether a file or folder lies in a folder even if all links are followed. */
    public static boolean isWithin(Path base, Path file) {
        try {
            return file.toRealPath().startsWith(base.toRealPath());
        } catch (IOException unreadable) {
            return true; // who reads it is told why it cannot be read
        }
    }

    /** A name for a message: control characters would spoil it. */
    public static String printable(String name) {
        return name.codePoints()
                .mapToObj(c -> Character.isISOControl(c) ? "\\u%04x".formatted(c) : Character.toString(c))
                .collect(Collectors.joining());
    }

    private String folders() {
        return bases.stream().map(Path::toString).collect(Collectors.joining(" and "));
    }
}
