package karuta.audit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.api.KarutaException;

/** Rows of cells as of RFC 4180, parted by commas, semicolons or tabs: what the first line has most of. */
final class Csv {

    private final Path file;
    private final String text;
    private final char comma;
    private final List<Line> lines = new ArrayList<>();
    private List<String> cells = new ArrayList<>();
    private int line = 1;
    private int at;

    private Csv(Path file, String text) {
        this.file = file;
        this.text = text;
        var first = text.lines().findFirst().orElse("");
        comma = Stream.of(',', ';', '\t')
                .max((one, other) -> Long.compare(count(first, one), count(first, other)))
                .orElseThrow();
    }

    /**
     * A row.
     *
     * @param number of its first line, from 1
     * @param cells without quotes and outer white space
     */
    record Line(int number, List<String> cells) {

        boolean isBlank() {
            return cells.stream().allMatch(String::isBlank);
        }
    }

    /** The rows that are no comments (with a {@code #} in front) and not empty. */
    static List<Line> read(Path file, String text) {
        var csv = new Csv(file, text.startsWith("\uFEFF") ? text.substring(1) : text);
        csv.read();
        return csv.lines;
    }

    private static long count(String text, char c) {
        return text.chars().filter(each -> each == c).count();
    }

    private void read() {
        while (at < text.length()) {
            var number = line;
            if (text.charAt(at) == '#') {
                skipLine();
                continue;
            }
            readLine();
            var row = new Line(number, List.copyOf(cells));
            if (!row.isBlank()) {
                lines.add(row);
            }
            cells = new ArrayList<>();
        }
    }

    private void skipLine() {
        var end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end + 1;
        line++;
    }

    private void readLine() {
        while (true) {
            cells.add(cell().strip());
            if (at >= text.length()) {
                return;
            }
            var end = text.charAt(at++);
            if (end == '\n') {
                line++;
                return;
            }
        }
    }

    private String cell() {
        var start = at;
        while (start < text.length() && text.charAt(start) == ' ') {
            start++;
        }
        if (start < text.length() && text.charAt(start) == '"') {
            at = start + 1;
            return quoted();
        }
        at = start;
        return rest();
    }

    private String quoted() {
        var number = line;
        var cell = new StringBuilder();
        while (at < text.length()) {
            var c = text.charAt(at++);
            if (c == '"' && at < text.length() && text.charAt(at) == '"') {
                at++;
            } else if (c == '"') {
                return cell + rest();
            }
            line += c == '\n' ? 1 : 0;
            cell.append(c);
        }
        throw new KarutaException(file + ":" + number + ": a quotation mark has no end.", "Close it, or take it out.");
    }

    private String rest() {
        var start = at;
        while (at < text.length() && text.charAt(at) != comma && text.charAt(at) != '\n') {
            at++;
        }
        return text.substring(start, at);
    }
}
