package karuta.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collections;
import java.util.Set;

/** Who may read what is made. */
public enum Access {
    /** Its owner alone, whatever the umask: folders 700, files 600. Where a file system has no such rights, as ever. */
    PRIVATE("rwx------", "rw-------"),
    /** As the umask has it. */
    SHARED("", "");

    private static final Set<PosixFilePermission> OTHERS = PosixFilePermissions.fromString("---rwxrwx");

    private final String folder;
    private final String file;

    Access(String folder, String file) {
        this.folder = folder;
        this.file = file;
    }

    /** What a new file beside or in {@code place} is made with. */
    FileAttribute<?>[] file(Path place) {
        return attributes(place, file);
    }

    private FileAttribute<?>[] attributes(Path place, String rights) {
        if (this == SHARED || !hasRights(place)) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))};
    }

    /**
     * Makes a new folder.
     *
     * @throws FileAlreadyExistsException if there is something of that name
     */
    public Path newFolder(Path path) throws IOException {
        return Files.createDirectory(path, attributes(path, folder));
    }

    /** Makes the folders that are missing; those that are there stay as they are. */
    public Path folders(Path path) throws IOException {
        return Files.createDirectories(path, attributes(path, folder));
    }

    /** Makes an empty file, if there is none. */
    public Path fileIfMissing(Path path) throws IOException {
        try {
            return Files.createFile(path, attributes(path, file));
        } catch (FileAlreadyExistsException there) {
            return path;
        }
    }

    /**
     * Lets nobody else into a folder that is there already, nor at what is in it. The folder itself comes first; links are
     * left as they are.
     */
    public static void close(Path folder) throws IOException {
        if (!hasRights(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {

            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes is) throws IOException {
                return visitFile(path, is);
            }

            @Override
            public FileVisitResult visitFile(Path path, BasicFileAttributes is) throws IOException {
                if (!is.isSymbolicLink() && isOpenToOthers(path)) {
                    var rights = Files.getPosixFilePermissions(path);
                    rights.removeAll(OTHERS);
                    Files.setPosixFilePermissions(path, rights);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException why) throws IOException {
                if (why instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE; // somebody has removed it meanwhile
                }
                throw why;
            }
        });
    }

    /** Whether anybody but its owner may do anything with a file; not where a file system has no such rights. */
    public static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return hasRights(file) && !Collections.disjoint(Files.getPosixFilePermissions(file), OTHERS);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    private static boolean hasRights(Path place) {
        return place.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
