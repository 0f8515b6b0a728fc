package karuta.report.export;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.report.Block;
import karuta.report.Comparison;
import karuta.report.TableChoice;

/** Tables for a paper, with the rules of the package {@code booktabs}. */
public final class Latex {

    private static final Map<Integer, String> WORDS = Map.ofEntries(
            Map.entry((int) '\\', "\\textbackslash{}"),
            Map.entry((int) '{', "\\{"),
            Map.entry((int) '}', "\\}"),
            Map.entry((int) '$', "\\$"),
            Map.entry((int) '&', "\\&"),
            Map.entry((int) '%', "\\%"),
            Map.entry((int) '#', "\\#"),
            Map.entry((int) '_', "\\_"),
            Map.entry((int) '^', "\\textasciicircum{}"),
            Map.entry((int) '~', "\\textasciitilde{}"),
            Map.entry((int) '<', "$<$"),
            Map.entry((int) '>', "$>$"),
            Map.entry((int) '|', "$|$"),
            Map.entry((int) '±', "$\\pm$"),
            Map.entry((int) '≠', "$\\neq$"),
            Map.entry((int) '"', "''"));

    private Latex() {}

    /** The tables of metrics, of differences, of costs, of selection, and the definitions as remarks. */
    public static String of(List<Comparison> comparisons) {
        return comparisons.stream()
                .filter(comparison -> !comparison.groups().isEmpty())
                .map(Latex::of)
                .collect(Collectors.joining("\n", "% needs \\usepackage{booktabs}\n", ""));
    }

    private static String of(Comparison comparison) {
        var blocks = Stream.of(
                        Stream.<Block>of(comparison.summary(TableChoice.DEFAULT)),
                        comparison.differences(TableChoice.DEFAULT).stream(),
                        comparison.orders(TableChoice.DEFAULT).stream(),
                        comparison.separability().stream(),
                        comparison.selections().stream(),
                        comparison.watched().stream(),
                        comparison.costs().stream(),
                        Stream.<Block>of(comparison.definitions(TableChoice.DEFAULT)))
                .flatMap(all -> all);
        return "% study " + line(comparison.study()) + "\n"
                + blocks.map(Latex::of).collect(Collectors.joining("\n"));
    }

    private static String of(Block block) {
        if (block instanceof Block.Table table) {
            return table(table);
        }
        var lines = block instanceof Block.Lines several ? several.lines() : List.of(((Block.Heading) block).text());
        return lines.stream().map(line -> "% " + line(line) + "\n").collect(Collectors.joining());
    }

    private static String table(Block.Table table) {
        var heads = table.heads().stream().map(head -> head.split("\n")).toList();
        var height = heads.stream().mapToInt(lines -> lines.length).max().orElse(1);
        var head = IntStream.range(0, height)
                .mapToObj(i -> row(heads.stream()
                        .map(lines -> i < lines.length ? lines[i] : "")
                        .toList()))
                .collect(Collectors.joining());
        return "\\begin{table}\n\\centering\n\\caption{" + escape(table.title()) + "}\n\\begin{tabular}{l"
                + "r".repeat(table.heads().size() - 1) + "}\n\\toprule\n" + head + "\\midrule\n"
                + table.rows().stream().map(Latex::row).collect(Collectors.joining())
                + "\\bottomrule\n\\end{tabular}\n"
                + table.notes().stream()
                        .map(note -> "\\par\\footnotesize " + escape(note) + "\n")
                        .collect(Collectors.joining())
                + "\\end{table}\n";
    }

    private static String row(List<String> cells) {
        return cells.stream().map(Latex::cell).collect(Collectors.joining(" & ", "", " \\\\\n"));
    }

    /** A hyphen before a digit is a minus. */
    private static String cell(String text) {
        return text.matches("-\\d.*") ? "$-$" + escape(text.substring(1)) : escape(text);
    }

    /** Text that LaTeX prints as it is. */
    static String escape(String text) {
        var escaped = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (WORDS.containsKey(c)) {
                escaped.append(WORDS.get(c));
            } else {
                escaped.appendCodePoint(Character.isISOControl(c) ? ' ' : c);
            }
        });
        return escaped.toString();
    }

    private static String line(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
