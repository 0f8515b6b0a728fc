import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.tools.tar.TarConstants;
import org.apache.tools.tar.TarEntry;
import org.apache.tools.tar.TarOutputStream;

/**
 * Packs the archive for people without the sources: product, launcher, experiments. It is not Tycho's, which would name it after
 * the environment instead of the natives and take p2's own records along, nor Ant's, which would store a file under each of its
 * names: what the Maven repository shares with the bundles is a link here too.
 *
 * <p>Arguments: the archive, the product, the root of the sources.
 */
final class Archive implements AutoCloseable {

    private static final String PREFIX = "karuta/";

    private final TarOutputStream out;
    private final Map<Object, String> names = new HashMap<>();

    private Archive(Path file) throws IOException {
        out = new TarOutputStream(new GZIPOutputStream(Files.newOutputStream(file)), "UTF-8");
        out.setLongFileMode(TarOutputStream.LONGFILE_POSIX);
    }

    public static void main(String[] args) throws IOException {
        var product = Path.of(args[1]);
        var root = Path.of(args[2]);
        try (var archive = new Archive(Path.of(args[0]))) {
            for (var part : new String[] {"plugins", "configuration", "repository"}) {
                archive.folder(product, part);
            }
            archive.folder(root, "experiments");
            for (var file : new String[] {"README.md", "LICENSE", "karuta"}) {
                archive.file(file, root.resolve(file));
            }
        }
    }

    private void folder(Path parent, String name) throws IOException {
        try (var files = Files.walk(parent.resolve(name))) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = parent.relativize(file).toString().replace('\\', '/');
                if (!path.startsWith("configuration/org.eclipse.osgi/")) {
                    file(path, file);
                }
            }
        }
    }

    private void file(String path, Path file) throws IOException {
        var key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        var first = key == null ? null : names.putIfAbsent(key, PREFIX + path);
        var entry = first == null ? new TarEntry(PREFIX + path) : new TarEntry(PREFIX + path, TarConstants.LF_LINK);
        entry.setModTime(Files.getLastModifiedTime(file).toMillis());
        entry.setMode(Files.isExecutable(file) ? 0100755 : 0100644);
        if (first == null) {
            entry.setSize(Files.size(file));
        } else {
            entry.setLinkName(first);
        }
        out.putNextEntry(entry);
        if (first == null) {
            Files.copy(file, out);
        }
        out.closeEntry();
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
