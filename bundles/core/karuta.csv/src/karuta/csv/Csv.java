package karuta.csv;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Rows of cells as of RFC 4180, parted by commas, semicolons or tabs: what the first line has most of. A byte order mark is no
 * part of the first cell. Lines without anything are no rows.
 *
 * @param comments whether a line with a {@code #} in front is none, either
 */
public record Csv(boolean comments) {

    /** The first line is looked at so far. */
    private static final int AHEAD = 1 << 16;

    private static final char MARK = '\uFEFF';

    /**
     * A row.
     *
     * @param number of its first line, from 1
     * @param cells without quotes and the white space around them
     */
    public record Row(int number, List<String> cells) {

        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /** Takes rows. */
    @FunctionalInterface
    public interface Sink {

        /** @return whether another one is wanted */
        boolean take(Row row);
    }

    /** Where a table breaks off: what comes after it cannot be told. */
    public static final class Broken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int line;

        Broken(int line, String what, Throwable cause) {
            super(what, cause);
            this.line = line;
        }

        /** From 1. */
        public int line() {
            return line;
        }
    }

    /**
     * Gives rows until there is none or none is wanted.
     *
     * @throws Broken if a quotation mark has no end
     * @throws IOException if the text cannot be read
     */
    public void each(Reader source, Sink sink) throws IOException {
        var text = new BufferedReader(source);
        text.mark(1);
        if (text.read() != MARK) {
            text.reset();
        }
        try (var parser = CSVParser.builder()
                .setReader(text)
                .setFormat(format(delimiter(text)))
                .get()) {
            var rows = parser.iterator();
            for (var row = next(rows, parser); row.isPresent(); row = next(rows, parser)) {
                var cells = row.get().stream().map(String::strip).toList();
                if (!cells.stream().allMatch(String::isBlank) && !sink.take(new Row(first(row.get(), parser), cells))) {
                    return;
                }
            }
        }
    }

    private static Optional<CSVRecord> next(Iterator<CSVRecord> rows, CSVParser parser) throws IOException {
        var before = parser.getCurrentLineNumber();
        try {
            return rows.hasNext() ? Optional.of(rows.next()) : Optional.empty();
        } catch (UncheckedIOException failure) {
            if (failure.getCause() instanceof CSVException broken) {
                throw new Broken(Math.toIntExact(before + 1), "a quotation mark has no end", broken);
            }
            throw failure.getCause();
        }
    }

    /** The parser has counted the ends of lines, and those within cells are some of them. */
    private static int first(CSVRecord row, CSVParser parser) {
        var within = row.stream()
                .mapToLong(cell -> cell.lines().count() - 1 + (cell.endsWith("\n") ? 1 : 0))
                .filter(ends -> ends > 0)
                .sum();
        return Math.toIntExact(parser.getCurrentLineNumber() - within);
    }

    private CSVFormat format(char delimiter) {
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(delimiter)
                .setIgnoreEmptyLines(false) // so that lines can be counted
                .setIgnoreSurroundingSpaces(true)
                .setTrailingData(true);
        if (comments) {
            format.setCommentMarker('#');
        }
        return format.get();
    }

    /** That of the first line that says something. */
    private char delimiter(BufferedReader text) throws IOException {
        text.mark(AHEAD);
        var head = new char[AHEAD];
        var length = 0;
        for (var read = text.read(head, 0, AHEAD); read > 0; read = text.read(head, length, AHEAD - length)) {
            length += read;
        }
        text.reset();
        var first = new String(head, 0, length)
                .lines()
                .filter(line -> !line.isBlank() && !(comments && line.startsWith("#")))
                .findFirst()
                .orElse("");
        return Stream.of(',', ';', '\t')
                .max((one, other) -> Long.compare(count(first, one), count(first, other)))
                .orElseThrow();
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }
}
