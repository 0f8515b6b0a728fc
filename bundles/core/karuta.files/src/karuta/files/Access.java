package karuta.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Who may read what is made. */
public enum Access {
    /** Its owner alone, whatever the umask: folders 700, files 600. Where a file system has no such rights, as ever. */
    PRIVATE("rwx------", "rw-------"),
    /** As the umask has it. */
    SHARED("", "");

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
        if (this == SHARED
                || !place.getFileSystem().supportedFileAttributeViews().contains("posix")) {
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
}
