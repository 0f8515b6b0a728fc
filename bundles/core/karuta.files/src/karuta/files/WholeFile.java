package karuta.files;

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
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Writes a file so that it is there whole or not at all: a draft beside it, fsync, rename, fsync of the
 * folder. A draft is called
 * {@code .NAME.HOST-PROCESS-RANDOM.part}; those that killed processes of this host have left are removed when the file is
 * written again.
 *
 * @param path of the file
 * @param access who may read it
 */
public record WholeFile(Path path, Access access) {

    private static final String ENDING = ".part";
    private static final Pattern OWNER = Pattern.compile("([0-9a-f]{8})-(\\d{1,18})-[0-9a-f]{8}\\.part");
    private static final String HOST = Sha256.of(ProcessName.current().host()).substring(0, 8);

    /** Fills a file. */
    @FunctionalInterface
    public interface Content {

        /** Writes everything; the caller closes the file. */
        void to(FileChannel file) throws IOException;
    }

    /** Puts bytes into a stream. */
    @FunctionalInterface
    public interface Stream {

        /** Writes everything; the caller closes the stream. */
        void to(OutputStream out) throws IOException;
    }

    /** A file that its owner alone may read. */
    public static WholeFile ofOwner(Path path) {
        return new WholeFile(path, Access.PRIVATE);
    }

    /**
     * What was written.
     *
     * @param bytes how many
     * @param sha256 their hash
     */
    public record Written(long bytes, String sha256) {}

    /** Writes a text in UTF-8. */
    public Written write(String text) throws IOException {
        return stream(out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes what goes into a stream. */
    public Written stream(Stream content) throws IOException {
        var counted = new HashedStream();
        fill(file -> {
            counted.to(new BufferedOutputStream(Channels.newOutputStream(file)), content);
        });
        return counted.written();
    }

    /** What would be written. */
    public static Written dry(Stream content) throws IOException {
        var counted = new HashedStream();
        counted.to(OutputStream.nullOutputStream(), content);
        return counted.written();
    }

    /**
     * Writes whatever comes.
     *
     * @throws IOException if that fails; the former file, if any, is then still there
     */
    public void fill(Content content) throws IOException {
        sweep();
        var draft = path.resolveSibling(
                drafts() + HOST + "-" + ProcessName.current().id() + "-"
                        + UUID.randomUUID().toString().substring(0, 8) + ENDING);
        try {
            var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            try (var channel = FileChannel.open(draft, options, access.file(draft))) {
                content.to(channel);
                channel.force(true);
            }
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
        settle();
    }

    /** Lets the new name outlive a power cut; Windows has no way to say that of a folder, and none is needed there. */
    private void settle() throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var folder = FileChannel.open(path.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
                folder.force(true);
            }
        }
    }

    private String drafts() {
        return "." + path.getFileName() + ".";
    }

    private void sweep() throws IOException {
        try (var drafts = Files.newDirectoryStream(path.toAbsolutePath().getParent(), this::abandoned)) {
            for (var draft : drafts) {
                Files.deleteIfExists(draft);
            }
        }
    }

    private boolean abandoned(Path file) {
        var name = file.getFileName().toString();
        return name.startsWith(drafts()) && isAbandoned(name.substring(drafts().length()));
    }

    private static boolean isAbandoned(String owner) {
        var match = OWNER.matcher(owner);
        return match.matches()
                && match.group(1).equals(HOST)
                && ProcessHandle.of(Long.parseLong(match.group(2)))
                        .filter(ProcessHandle::isAlive)
                        .isEmpty();
    }
}
