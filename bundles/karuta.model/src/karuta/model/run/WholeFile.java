package karuta.model.run;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Writes a file so that it is there whole or not at all: temporary file beside it, fsync, rename. */
public final class WholeFile {

    private WholeFile() {}

    /** Puts bytes into a stream. */
    @FunctionalInterface
    public interface Content {

        /** Writes everything; the caller closes the stream. */
        void to(OutputStream out) throws IOException;
    }

    /**
     * Writes text.
     *
     * @throws RecordException if that fails; the former file, if any, is then still there
     */
    public static void write(Path file, String text) {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes whatever comes.
     *
     * @throws RecordException if that fails; the former file, if any, is then still there
     */
    public static void write(Path file, Content content) {
        var draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".part");
        try {
            try {
                fill(draft, content);
                Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new RecordException("cannot write " + file + ": " + Reason.of(e), e);
        }
    }

    private static void fill(Path draft, Content content) throws IOException {
        try (var channel = FileChannel.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            var out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.to(out);
            out.flush();
            channel.force(true);
        }
    }
}
