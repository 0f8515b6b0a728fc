package karuta.scoring.file;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A text that is read piece by piece, and never more than {@link #LIMIT} characters for one: a file without an end of line
 * or string would otherwise fill the memory. Reading fails where it is not UTF-8.
 */
final class BoundedText extends Reader {

    /** No record that anybody writes is as long. */
    static final int LIMIT = 1 << 24;

    private static final int BLOCK = 1 << 16;
    private static final char MARK = '\uFEFF';

    private final Reader in;
    private final char[] block = new char[BLOCK];
    private int at;
    private int end;
    private int left = LIMIT;

    private BoundedText(Reader in) {
        this.in = in;
    }

    /** The text of a file, behind a byte order mark if there is one. */
    static BoundedText open(Path file) throws IOException {
        var text =
                new BoundedText(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8.newDecoder()));
        try {
            if (text.fill() && text.block[0] == MARK) {
                text.at++;
            }
            return text;
        } catch (IOException e) {
            text.close();
            throw e;
        }
    }

    /** Whether there is something in the block, which is read if need be. */
    private boolean fill() throws IOException {
        if (at == end) {
            at = 0;
            end = Math.max(in.read(block, 0, BLOCK), 0);
        }
        return end > at;
    }

    /** Another piece begins. */
    void next() {
        left = LIMIT;
    }

    /** The next character that is no white space, which is not taken; -1 at the end. */
    int peek() throws IOException {
        while (fill() && Character.isWhitespace(block[at])) {
            at++;
        }
        return fill() ? block[at] : -1;
    }

    /** The next line without its end, be that LF or CR LF; empty at the end of the file. */
    Optional<String> line() throws IOException {
        next();
        if (!fill()) {
            return Optional.empty();
        }
        var line = new StringBuilder();
        while (fill()) {
            var stop = at;
            while (stop < end && block[stop] != '\n') {
                stop++;
            }
            take(stop - at);
            line.append(block, at, stop - at);
            at = stop;
            if (stop < end) {
                at++;
                break;
            }
        }
        var length = line.length();
        if (length > 0 && line.charAt(length - 1) == '\r') {
            line.setLength(length - 1);
        }
        return Optional.of(line.toString());
    }

    @Override
    public int read(char[] buffer, int from, int length) throws IOException {
        if (!fill()) {
            return -1;
        }
        var count = Math.min(length, end - at);
        take(count);
        System.arraycopy(block, at, buffer, from, count);
        at += count;
        return count;
    }

    private void take(int count) {
        left -= count;
        if (left < 0) {
            throw new TooLongException();
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** One record is longer than any. */
    static final class TooLongException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private TooLongException() {
            super("has more than " + (LIMIT >> 20) + " million characters");
        }
    }
}
