package karuta.serve.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import karuta.files.Access;

/**
 * Files of lines that begin with a time: one that is appended to, and older ones with a number after the name, of which the highest is
 * the newest. Where a process was killed within a line, or the disk was full, that line is cut off, and all others stay. Something else than a file, such
 * as a pipe, is written to and left as it is.
 */
final class AuditFile implements AutoCloseable {

    /** How every line begins, before a time in ISO 8601 and a quotation mark. */
    static final String BEGINNING = "{\"when\":\"";

    private static final int LONGEST_TIME = 40;

    private static final int BLOCK = 64 * 1024;

    private final Audit audit;
    private final InstantSource clock;
    private final Pattern older;
    private FileChannel file;

    /** What the file system knows it by; it may have got another name, or none. */
    private Object key = "";

    /** Whether it is no pipe or device. */
    private boolean regular;

    /** When the file's first line was written; empty while it has none. */
    private Optional<Instant> begun = Optional.empty();

    /** @throws IOException if it cannot be written to, or holds something else */
    AuditFile(Audit audit, InstantSource clock) throws IOException {
        this.audit = audit;
        this.clock = clock;
        older = Pattern.compile(Pattern.quote(audit.file().getFileName() + ".") + "(\\d{6,9})");
        file = opened();
        try {
            mend();
            removeOldest();
        } catch (IOException | RuntimeException unfit) {
            file.close();
            throw unfit;
        }
    }

    private FileChannel opened() throws IOException {
        Access.PRIVATE.fileIfMissing(audit.file());
        var channel = FileChannel.open(audit.file(), StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        var attributes = Files.readAttributes(audit.file(), BasicFileAttributes.class);
        key = key(attributes);
        regular = attributes.isRegularFile();
        return channel;
    }

    private static Object key(BasicFileAttributes attributes) {
        return Optional.ofNullable(attributes.fileKey()).orElse("");
    }

    private boolean isStillThere() throws IOException {
        try {
            return key(Files.readAttributes(audit.file(), BasicFileAttributes.class))
                    .equals(key);
        } catch (NoSuchFileException gone) {
            return false;
        }
    }

    /** Sees to it that it ends with a whole line. */
    private void mend() throws IOException {
        var size = file.size();
        if (!regular || size == 0) {
            return;
        }
        try (var in = FileChannel.open(audit.file(), StandardOpenOption.READ)) {
            var first = text(in, 0, (int) Math.min(size, BEGINNING.length() + LONGEST_TIME));
            if (!BEGINNING.startsWith(first) && !first.startsWith(BEGINNING)) {
                throw new IOException("it holds something else than this log");
            }
            begun = Optional.of(time(first).orElseGet(clock::instant));
            file.truncate(afterLastLine(in, size));
        }
    }

    private static Optional<Instant> time(String line) {
        var end = line.indexOf('"', BEGINNING.length());
        try {
            return end < 0 ? Optional.empty() : Optional.of(Instant.parse(line.substring(BEGINNING.length(), end)));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static long afterLastLine(FileChannel in, long size) throws IOException {
        for (var end = size; end > 0; end -= BLOCK) {
            var from = Math.max(0, end - BLOCK);
            var last = text(in, from, (int) (end - from)).lastIndexOf('\n');
            if (last >= 0) {
                return from + last + 1;
            }
        }
        return 0;
    }

    /** A character per byte. */
    private static String text(FileChannel in, long from, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining() && in.read(bytes, from + bytes.position()) >= 0) {
            continue; // until it is full, or the file ends
        }
        return new String(bytes.array(), 0, bytes.position(), StandardCharsets.ISO_8859_1);
    }

    /**
     * Appends a line.
     *
     * @param line begins with {@link #BEGINNING}, and has no line break
     * @throws IOException if that fails; the file holds whole lines all the same
     */
    void append(String line) throws IOException {
        var before = regular ? file.size() : 0;
        var bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException full) {
            if (regular) {
                file.truncate(before);
            }
            throw full;
        }
        begun = begun.or(() -> Optional.of(clock.instant()));
    }

    /**
     * Sets the file aside and begins another one, if it has reached a limit.
     *
     * @throws IOException if that fails; it is tried again next time
     */
    void turn() throws IOException {
        if (regular && (file.size() >= audit.bytes() || isOld())) {
            setAside();
        }
    }

    private boolean isOld() {
        return begun.filter(first -> !clock.instant().isBefore(first.plus(audit.age())))
                .isPresent();
    }

    private void setAside() throws IOException {
        if (isStillThere()) { // otherwise somebody else has done so
            var numbers = numbers();
            var next = numbers.isEmpty() ? 1 : numbers.get(numbers.size() - 1) + 1;
            Files.move(audit.file(), numbered(next));
        }
        var full = file;
        file = opened();
        full.close();
        begun = Optional.empty();
        removeOldest();
    }

    private Path numbered(int number) {
        return audit.file().resolveSibling(String.format("%s.%06d", audit.file().getFileName(), number));
    }

    private void removeOldest() throws IOException {
        var numbers = numbers();
        for (var number : numbers.subList(0, Math.max(0, numbers.size() - audit.files() + 1))) {
            Files.deleteIfExists(numbered(number));
        }
    }

    /** Of those that were set aside, ascending. */
    private List<Integer> numbers() throws IOException {
        var numbers = new ArrayList<Integer>();
        try (var files = Files.newDirectoryStream(audit.file().toAbsolutePath().getParent())) {
            for (var each : files) {
                var match = older.matcher(each.getFileName().toString());
                if (match.matches()) {
                    numbers.add(Integer.parseInt(match.group(1)));
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
