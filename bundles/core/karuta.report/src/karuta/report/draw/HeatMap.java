package karuta.report.draw;

import java.util.ArrayList;
import java.util.List;
import karuta.report.Numbers;
import karuta.report.draw.Mark.Anchor;
import karuta.report.draw.Mark.Point;

/**
 * Numbers in cells that are the darker the larger they are.
 *
 * @param name of the file
 * @param label whose numbers they are
 * @param title what it shows
 * @param rows labels
 * @param columns labels
 * @param values a list per row, mostly from 0 to 1; NaN where there is none
 */
public record HeatMap(
        String name, String label, String title, List<String> rows, List<String> columns, List<List<Double>> values) {

    private static final double CELL = 46;
    private static final double HIGH = 24;
    private static final double SIZE = 11.5;
    private static final double GAP = 1.5;
    private static final double HEAD = 24;
    private static final double LABEL = 130;

    /** Copies the lists. */
    public HeatMap {
        rows = List.copyOf(rows);
        columns = List.copyOf(columns);
        values = values.stream().map(List::copyOf).toList();
    }

    Figure figure() {
        var marks = new ArrayList<Mark>();
        var wide = Math.max(
                CELL,
                columns.stream()
                                .mapToDouble(label -> Labels.width(label, SIZE))
                                .max()
                                .orElse(0)
                        + 8);
        for (var j = 0; j < columns.size(); j++) {
            marks.add(text(LABEL + wide * (j + 0.5), HEAD - 8, columns.get(j), Anchor.MIDDLE, Tone.MUTED));
        }
        for (var i = 0; i < rows.size(); i++) {
            var top = HEAD + HIGH * i;
            var base = top + HIGH / 2 + 0.35 * SIZE;
            marks.add(text(LABEL - 8, base, Labels.cut(rows.get(i), LABEL - 8, SIZE), Anchor.END, Tone.MUTED));
            for (var j = 0; j < columns.size(); j++) {
                var value = values.get(i).get(j);
                if (!value.isNaN()) {
                    var tone = Tone.heat(value);
                    marks.add(new Mark.Box(new Point(LABEL + wide * j, top), wide - GAP, HIGH - GAP, tone, ""));
                    marks.add(text(
                            LABEL + wide * (j + 0.5),
                            base,
                            Numbers.percent(value),
                            Anchor.MIDDLE,
                            tone.strong() ? Tone.PAPER : Tone.INK));
                }
            }
        }
        return new Figure(name, title, LABEL + wide * columns.size() + 8, HEAD + HIGH * rows.size() + 8, marks);
    }

    private static Mark text(double x, double y, String text, Anchor anchor, Tone tone) {
        return new Mark.Text(new Point(x, y), text, anchor, tone, SIZE, false);
    }
}
