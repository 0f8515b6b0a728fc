package karuta.report;

import java.util.List;
import java.util.stream.Collectors;

/** A report as Markdown with pipe tables. */
final class Markdown {

    private Markdown() {}

    static String of(List<Block> blocks) {
        return blocks.stream().map(Markdown::of).collect(Collectors.joining("\n"));
    }

    private static String of(Block block) {
        if (block instanceof Block.Heading heading) {
            return "## " + escape(heading.text()) + "\n";
        }
        if (block instanceof Block.Table table) {
            return "**" + escape(table.title()) + "**\n\n"
                    + row(table.heads())
                    + table.heads().stream().skip(1).map(head -> "---:|").collect(Collectors.joining("", "|---|", "\n"))
                    + table.rows().stream().map(Markdown::row).collect(Collectors.joining())
                    + (table.notes().isEmpty() ? "" : "\n" + lines(table.notes()));
        }
        return lines(((Block.Lines) block).lines());
    }

    private static String lines(List<String> lines) {
        return lines.stream().map(line -> "- " + escape(line) + "\n").collect(Collectors.joining());
    }

    private static String row(List<String> cells) {
        return cells.stream()
                .map(cell -> escape(cell).replace("\n", "<br>"))
                .collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    /** So that names with underscores and formulas with stars are shown as they are. */
    private static String escape(String text) {
        return text.replaceAll("([\\\\`*_|<>\\[\\]])", "\\\\$1");
    }
}
