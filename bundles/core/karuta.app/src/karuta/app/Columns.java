package karuta.app;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Rows of texts as lines whose columns stand below each other. */
final class Columns {

    private static final String GAP = "  ";

    private static final Pattern NUMBER =
            Pattern.compile("|-|[-+−]?\\d[\\d.,]*( ?(%|s|ms|min|h|[kMG]?B))?( \\d+ min)?");

    private Columns() {}

    /** Columns whose cells below the heading are numbers, perhaps with a unit, stand to the right. */
    static List<String> numbers(List<List<String>> rows) {
        var columns = IntStream.range(0, rows.get(0).size()).boxed().toList();
        var widths = columns.stream()
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toList();
        var right = columns.stream()
                .map(i -> rows.stream()
                        .skip(1)
                        .allMatch(row -> NUMBER.matcher(row.get(i)).matches()))
                .toList();
        return of(rows.stream()
                .map(row -> columns.stream()
                        .map(i -> right.get(i)
                                ? " ".repeat(widths.get(i) - row.get(i).length()) + row.get(i)
                                : row.get(i))
                        .toList())
                .toList());
    }

    static List<String> of(List<List<String>> rows) {
        var widths = IntStream.range(0, rows.get(0).size())
                .map(i ->
                        rows.stream().mapToInt(row -> row.get(i).length()).max().orElse(0))
                .toArray();
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (var i = 0; i < widths.length; i++) {
            line.append(row.get(i))
                    .append(" ".repeat(widths[i] - row.get(i).length()))
                    .append(GAP);
        }
        return line.toString().stripTrailing();
    }
}
