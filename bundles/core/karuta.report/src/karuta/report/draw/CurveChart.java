package karuta.report.draw;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.MeanAndDeviation;
import karuta.report.Curve;
import karuta.report.Numbers;
import karuta.report.draw.Mark.Anchor;
import karuta.report.draw.Mark.Point;

/**
 * Curves over stages, one for each arm, with a faint band of one standard deviation on both sides.
 *
 * @param legend how arms look
 * @param width in pixels of CSS
 * @param height in pixels of CSS
 * @param names whether each curve's name stands at its end
 */
record CurveChart(Legend legend, double width, double height, boolean names) {

    private static final double LEFT = 34;
    private static final double TOP = 12;
    private static final double BOTTOM = 30;
    private static final double RIGHT = 12;
    private static final double NAMES = 150;
    private static final double SMALL = 11;
    private static final double LINE = 15;
    private static final double HALF = 0.35 * SMALL;
    private static final double STROKE = 2;
    private static final double RADIUS = 3;
    private static final int LABELS = 12;

    /** @param learned the stage to mark; 0 for none */
    Figure of(String name, String title, List<Curve> curves, int learned) {
        var y = Axis.percent(
                curves.stream()
                        .flatMap(curve -> curve.points().stream())
                        .flatMap(point -> Stream.of(low(point), high(point)))
                        .toList(),
                height - BOTTOM,
                TOP);
        var first = curves.stream().mapToInt(Curve::first).min().orElse(0);
        var last = curves.stream().mapToInt(CurveChart::last).max().orElse(1);
        var x = new Axis(first, Math.max(last, first + 1), 1, LEFT, width - (names ? NAMES : RIGHT));
        var marks = new ArrayList<Mark>();
        grid(x, y, last, marks);
        if (learned > 0) {
            marks.add(new Mark.Line(
                    List.of(new Point(x.at(learned), TOP), new Point(x.at(learned), height - BOTTOM)),
                    Tone.MUTED,
                    1,
                    true));
        }
        curves.forEach(curve -> band(curve, x, y, marks));
        curves.forEach(curve -> line(curve, x, y, marks));
        if (names) {
            names(curves, x, y, marks);
        }
        return new Figure(name, title, width, height, marks);
    }

    private void grid(Axis x, Axis y, int last, List<Mark> marks) {
        for (var tick : y.ticks()) {
            marks.add(new Mark.Line(
                    List.of(new Point(LEFT, y.at(tick)), new Point(x.to(), y.at(tick))), Tone.RULE, 1, false));
            marks.add(new Mark.Text(
                    new Point(LEFT - 6, y.at(tick) + HALF), Axis.label(tick), Anchor.END, Tone.MUTED, SMALL, false));
        }
        var every = Math.max(1, (int) Math.ceil(24 * (last - x.low()) / (x.to() - x.from())));
        IntStream.rangeClosed((int) x.low(), last)
                .filter(stage -> (last - stage) % every == 0)
                .forEach(stage -> marks.add(new Mark.Text(
                        new Point(x.at(stage), height - BOTTOM + LINE + 1),
                        Integer.toString(stage),
                        Anchor.MIDDLE,
                        Tone.MUTED,
                        SMALL,
                        false)));
    }

    private void band(Curve curve, Axis x, Axis y, List<Mark> marks) {
        if (curve.points().stream().allMatch(point -> point.deviation().isPresent())) {
            var above = along(curve, x, y, CurveChart::high);
            var below = new ArrayList<>(along(curve, x, y, CurveChart::low));
            Collections.reverse(below);
            marks.add(
                    new Mark.Area(Stream.concat(above.stream(), below.stream()).toList(), legend.tone(curve.arm())));
        }
    }

    private void line(Curve curve, Axis x, Axis y, List<Mark> marks) {
        var points = along(curve, x, y, point -> 100 * point.mean());
        var tone = legend.tone(curve.arm());
        marks.add(new Mark.Line(points, tone, STROKE, legend.dashed(curve.arm())));
        for (var i = 0; i < points.size(); i++) {
            var tip = curve.arm() + ", stage " + (curve.first() + i) + ": "
                    + Numbers.percent(curve.points().get(i));
            marks.add(new Mark.Dot(points.get(i), RADIUS, legend.shape(curve.arm()), tone, false, tip));
        }
    }

    /** At the ends of the curves, moved apart where they would meet. */
    private void names(List<Curve> curves, Axis x, Axis y, List<Mark> marks) {
        var ends = curves.stream()
                .limit(LABELS)
                .sorted(Comparator.comparingDouble(curve -> end(curve, y)))
                .toList();
        var places = new double[ends.size()];
        var floor = TOP - LINE + SMALL;
        for (var i = 0; i < places.length; i++) {
            places[i] = Math.max(end(ends.get(i), y), floor);
            floor = places[i] + LINE;
        }
        var ceiling = height - SMALL;
        for (var i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], ceiling);
            ceiling = places[i] - LINE;
        }
        for (var i = 0; i < places.length; i++) {
            var arm = ends.get(i).arm();
            marks.add(new Mark.Text(
                    new Point(x.to() + 10, places[i] + HALF),
                    Labels.cut(arm, NAMES - 14, SMALL),
                    Anchor.START,
                    Tone.INK,
                    SMALL,
                    false));
        }
    }

    private static double end(Curve curve, Axis y) {
        return y.at(100 * curve.points().get(curve.points().size() - 1).mean());
    }

    private static int last(Curve curve) {
        return curve.first() + curve.points().size() - 1;
    }

    private static List<Point> along(Curve curve, Axis x, Axis y, ToDoubleFunction<MeanAndDeviation> value) {
        return IntStream.range(0, curve.points().size())
                .mapToObj(i -> new Point(
                        x.at(curve.first() + i),
                        y.at(value.applyAsDouble(curve.points().get(i)))))
                .toList();
    }

    /** A band ends where scores do: nobody scores less than nothing, however much runs differ. */
    private static double low(MeanAndDeviation point) {
        return 100 * Math.max(point.mean() - point.deviation().orElse(0), Math.min(0, point.mean()));
    }

    private static double high(MeanAndDeviation point) {
        return 100 * Math.min(point.mean() + point.deviation().orElse(0), Math.max(1, point.mean()));
    }
}
