package karuta.safetensors;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.TRUNCATE_EXISTING;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import karuta.api.KarutaException;

/** Writes a file whole or not at all: under another name first, renamed when it is on the disk. */
final class WholeFile {

    private WholeFile() {}

    /** Fills a file. */
    @FunctionalInterface
    interface Content {

        void writeTo(FileChannel file) throws IOException;
    }

    /** @throws KarutaException if the file cannot be written; an older one is then still there */
    static void write(Path path, Content content) {
        var temporary = path.resolveSibling(
                "." + path.getFileName() + "." + ProcessHandle.current().pid() + ".part");
        try {
            try {
                try (var file = FileChannel.open(temporary, CREATE, TRUNCATE_EXISTING, WRITE)) {
                    content.writeTo(file);
                    file.force(true);
                }
                Files.move(temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temporary);
            }
        } catch (IOException e) {
            throw new KarutaException(
                    "Cannot write " + path + ": " + e, "Check the folder's access rights and the free space.", e);
        }
    }

    static void put(FileChannel file, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            file.write(bytes);
        }
    }
}
