package karuta.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A report for the console: columns aligned with spaces. */
final class PlainText {

    private static final String GAP = "  ";

    private PlainText() {}

    static String of(List<Block> blocks) {
        return blocks.stream().map(PlainText::of).collect(Collectors.joining("\n"));
    }

    private static String of(Block block) {
        if (block instanceof Block.Heading heading) {
            return heading.text() + "\n" + "=".repeat(heading.text().length()) + "\n";
        }
        if (block instanceof Block.Table table) {
            return table.title() + "\n" + grid(table) + lines(table.notes());
        }
        return lines(((Block.Lines) block).lines());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    }

    private static String grid(Block.Table table) {
        var heads = heads(table.heads());
        var all = new ArrayList<>(heads);
        all.addAll(table.rows());
        var widths = IntStream.range(0, table.heads().size())
                .map(column -> all.stream()
                        .mapToInt(row -> row.get(column).length())
                        .max()
                        .orElse(0))
                .toArray();
        var rule = IntStream.of(widths).mapToObj("-"::repeat).collect(Collectors.joining(GAP)) + "\n";
        return heads.stream().map(row -> line(row, widths)).collect(Collectors.joining())
                + rule
                + table.rows().stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    /** Heads of several lines as rows, standing on the rule. */
    private static List<List<String>> heads(List<String> heads) {
        var split = heads.stream().map(head -> List.of(head.split("\n"))).toList();
        var height = split.stream().mapToInt(List::size).max().orElse(0);
        return IntStream.range(0, height)
                .mapToObj(line -> split.stream()
                        .map(parts -> {
                            var i = line - height + parts.size();
                            return i < 0 ? "" : parts.get(i);
                        })
                        .toList())
                .toList();
    }

    private static String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (var column = 0; column < widths.length; column++) {
            var cell = cells.get(column);
            var space = " ".repeat(widths[column] - cell.length());
            line.append(column == 0 ? cell + space : GAP + space + cell);
        }
        return line.toString().stripTrailing() + "\n";
    }
}
