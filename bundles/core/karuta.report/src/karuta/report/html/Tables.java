package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.report.Block;
import karuta.report.Numbers;
import karuta.report.draw.HeatMap;
import karuta.report.draw.Tone;

/** Tables of a page. A wide one scrolls by itself, and says to whom cannot see it what it is. */
final class Tables {

    private Tables() {}

    static Html of(List<Block> blocks) {
        return Html.all(blocks.stream().map(Tables::of).toList());
    }

    private static Html of(Block block) {
        if (block instanceof Block.Table table) {
            return of(table, (row, column) -> "");
        }
        return block instanceof Block.Heading heading
                ? tag("h3").of(heading.text())
                : lines(((Block.Lines) block).lines());
    }

    static Html lines(List<String> lines) {
        return Html.all(
                lines.stream().map(line -> tag("p").css("note").of(line)).toList());
    }

    /** @param css the classes of a cell, by row and column from 0 */
    static Html of(Block.Table table, BiFunction<Integer, Integer, String> css) {
        var heads = tag("tr")
                .of(IntStream.range(0, table.heads().size())
                        .mapToObj(i -> tag("th")
                                .with("scope", "col")
                                .css(
                                        i == 0
                                                        || !table.rows().isEmpty()
                                                                && css.apply(0, i)
                                                                        .startsWith("word")
                                                ? ""
                                                : "n")
                                .of(head(table.heads().get(i)))));
        var rows = IntStream.range(0, table.rows().size())
                .mapToObj(i -> tag("tr").of(cells(table.rows().get(i), column -> css.apply(i, column))))
                .toList();
        return Html.all(
                caption(table.title()),
                scrolling(
                        table.title(),
                        tag("table").of(tag("thead").of(heads), tag("tbody").of(rows))),
                lines(table.notes()));
    }

    /** The second line of a head is an id, which is not so loud. */
    private static Html head(String text) {
        var lines = text.split("\n", 2);
        return lines.length < 2
                ? Html.text(text)
                : Html.all(Html.text(lines[0] + " "), tag("small").of(lines[1].replace('\n', ' ')));
    }

    private static Stream<Html> cells(List<String> row, IntFunction<String> css) {
        return IntStream.range(0, row.size())
                .mapToObj(i -> i == 0
                        ? tag("th").with("scope", "row").css(css.apply(0)).of(row.get(0))
                        : tag("td").css(("n " + css.apply(i)).strip()).of(minus(row.get(i))));
    }

    /** A hyphen before a digit is a minus, and one alone a dash. */
    private static String minus(String cell) {
        return cell.equals(Numbers.NONE) ? "–" : cell.replaceFirst("^-(?=\\d)", "−");
    }

    static Html heat(HeatMap map) {
        var heads = tag("tr")
                .of(Stream.concat(
                        Stream.of(tag("td").of("")),
                        map.columns().stream()
                                .map(name ->
                                        tag("th").with("scope", "col").css("n").of(name))));
        var rows = IntStream.range(0, map.rows().size())
                .mapToObj(i -> tag("tr")
                        .of(Stream.concat(
                                Stream.of(tag("th")
                                        .with("scope", "row")
                                        .of(map.rows().get(i))),
                                map.values().get(i).stream().map(Tables::cell))))
                .toList();
        return tag("div")
                .of(
                        caption(map.label()),
                        scrolling(
                                map.title(),
                                tag("table")
                                        .css("heat")
                                        .of(tag("thead").of(heads), tag("tbody").of(rows))));
    }

    private static Html cell(double value) {
        return Double.isNaN(value)
                ? tag("td").css("n").of("–")
                : tag("td").css("n " + Tone.heat(value).css()).of(Numbers.percent(value));
    }

    /** Beside the table and not in it, where it would scroll away. */
    private static Html caption(String title) {
        return tag("p").css("caption").of(title);
    }

    private static Html scrolling(String title, Html table) {
        return tag("div")
                .css("scroll")
                .with("role", "region")
                .with("aria-label", title)
                .of(table);
    }
}
