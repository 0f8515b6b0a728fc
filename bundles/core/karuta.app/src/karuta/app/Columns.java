package karuta.app;

import java.util.List;
import java.util.stream.IntStream;

/** Rows of texts as lines whose columns stand below each other. */
final class Columns {

    private static final String GAP = "  ";

    private Columns() {}

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
