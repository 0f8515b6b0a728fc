package karuta.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;
import karuta.report.ArmResults;
import karuta.report.Numbers;
import karuta.report.Result;
import karuta.report.draw.Mark.Anchor;
import karuta.report.draw.Mark.Point;

/**
 * A line for each arm and order: its runs as hollow dots, their mean, and one standard deviation on both sides.
 *
 * @param legend how arms look
 * @param width in pixels of CSS
 */
record ScoreDots(Legend legend, double width) {

    private static final double LINE = 26;
    private static final double TOP = 8;
    private static final double BOTTOM = 26;
    private static final double SIZE = 12.5;
    private static final double SMALL = 11;
    private static final double VALUE = 92;
    private static final double SHARE = 0.34;
    private static final double RADIUS = 5;
    private static final double RUN = 3;
    private static final double STROKE = 2;
    private static final int MANY = 40;

    /** One arm in one order. */
    private record Row(ArmResults group, List<Double> values) {}

    Figure of(String name, String title, Metric metric, List<ArmResults> groups) {
        var rows = groups.stream()
                .map(group -> new Row(
                        group,
                        group.results().stream()
                                .flatMap(result -> value(metric, result))
                                .toList()))
                .filter(row -> !row.values().isEmpty())
                .toList();
        var orders = groups.stream().map(ArmResults::order).distinct().count();
        var left = Math.min(SHARE * width, label(rows, orders > 1)) + 10;
        var bottom = TOP + LINE * rows.size();
        var x = Axis.percent(
                rows.stream()
                        .flatMap(row -> Stream.concat(row.values().stream(), ends(MeanAndDeviation.of(row.values()))))
                        .map(value -> 100 * value)
                        .toList(),
                left,
                width - VALUE);
        var marks = new ArrayList<Mark>();
        for (var tick : x.ticks()) {
            marks.add(new Mark.Line(
                    List.of(new Point(x.at(tick), TOP), new Point(x.at(tick), bottom)), Tone.RULE, 1, false));
            marks.add(new Mark.Text(
                    new Point(x.at(tick), bottom + SMALL + 5),
                    Axis.label(tick),
                    Anchor.MIDDLE,
                    Tone.MUTED,
                    SMALL,
                    false));
        }
        for (var i = 0; i < rows.size(); i++) {
            row(rows.get(i), orders > 1, TOP + LINE * (i + 0.5), left, x, marks);
        }
        return new Figure(name, title, width, bottom + BOTTOM, marks);
    }

    private static double label(List<Row> rows, boolean orders) {
        return rows.stream()
                .mapToDouble(row -> Labels.width(label(row, orders), SIZE))
                .max()
                .orElse(0);
    }

    private static String label(Row row, boolean orders) {
        return row.group().label() + (orders ? ", " + row.group().order() : "");
    }

    private void row(Row row, boolean orders, double y, double left, Axis x, List<Mark> marks) {
        var spread = MeanAndDeviation.of(row.values());
        var arm = row.group().label();
        var tone = legend.tone(arm);
        var base = y + 0.35 * SIZE;
        marks.add(new Mark.Text(
                new Point(left - 12, base),
                Labels.cut(label(row, orders), left - 9, SIZE),
                Anchor.END,
                Tone.INK,
                SIZE,
                false));
        var ends = ends(spread).map(end -> new Point(x.at(100 * end), y)).toList();
        if (!ends.isEmpty()) {
            marks.add(new Mark.Line(ends, tone, STROKE, false));
        }
        if (row.values().size() > 1 && row.values().size() <= MANY) {
            row.values()
                    .forEach(value -> marks.add(new Mark.Dot(
                            new Point(x.at(100 * value), y),
                            RUN,
                            Mark.Shape.CIRCLE,
                            tone,
                            true,
                            Numbers.percent(value))));
        }
        marks.add(new Mark.Dot(
                new Point(x.at(100 * spread.mean()), y),
                RADIUS,
                legend.shape(arm),
                tone,
                false,
                label(row, orders) + ": " + Numbers.percent(spread)));
        marks.add(
                new Mark.Text(new Point(width - 2, base), Numbers.percent(spread), Anchor.END, Tone.INK, SIZE, false));
    }

    private static Stream<Double> ends(MeanAndDeviation spread) {
        return spread.deviation().isEmpty()
                ? Stream.empty()
                : Stream.of(
                        spread.mean() - spread.deviation().getAsDouble(),
                        spread.mean() + spread.deviation().getAsDouble());
    }

    private static Stream<Double> value(Metric metric, Result result) {
        return metric.of(result.matrix().orElseThrow()).stream().boxed();
    }
}
