package karuta.report.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import karuta.report.Numbers;
import karuta.report.Ranks;
import karuta.report.draw.Mark.Anchor;
import karuta.report.draw.Mark.Point;

/**
 * A critical-difference diagram (Demsar, Journal of Machine Learning Research 7, 2006, figure 1): mean ranks on a line, the better
 * half named on the left, and a thick bar over those that cannot be told apart.
 *
 * @param legend how arms look
 * @param width in pixels of CSS
 */
record RankDiagram(Legend legend, double width) {

    private static final double SHARE = 0.3;
    private static final double LABEL = 190;
    private static final double SCALE = 46;
    private static final double TICK = 5;
    private static final double BAR = 8;
    private static final double LINE = 20;
    private static final double GAP = 14;
    private static final double SIZE = 12.5;
    private static final double SMALL = 11;
    private static final double HALF = 0.35 * SIZE;
    private static final double RADIUS = 4;

    Figure of(String name, String title, Ranks ranks) {
        var side = Math.min(LABEL, SHARE * width);
        var order = ranks.order();
        var all = order.size();
        var x = new Axis(1, all, 1, side, width - side);
        var groups = ranks.found().groups();
        var top = SCALE + BAR * (groups.size() + 1) + GAP;
        var left = (all + 1) / 2;
        var marks = new ArrayList<Mark>();
        scale(x, ranks, marks);
        for (var i = 0; i < all; i++) {
            var better = i < left;
            arm(ranks, order.get(i), x, top + LINE * (better ? i : all - 1 - i), better, marks);
        }
        for (var i = 0; i < groups.size(); i++) {
            bar(ranks, groups.get(i), x, SCALE + BAR * (i + 1), marks);
        }
        return new Figure(name, title, width, top + LINE * left, marks);
    }

    private void scale(Axis x, Ranks ranks, List<Mark> marks) {
        marks.add(new Mark.Line(List.of(new Point(x.from(), SCALE), new Point(x.to(), SCALE)), Tone.INK, 1, false));
        var every = Math.max(1, (int) Math.ceil(LINE * (x.high() - 1) / (x.to() - x.from())));
        IntStream.rangeClosed(1, (int) x.high())
                .filter(rank -> (rank - 1) % every == 0)
                .forEach(rank -> {
                    marks.add(new Mark.Line(
                            List.of(new Point(x.at(rank), SCALE - TICK), new Point(x.at(rank), SCALE)),
                            Tone.INK,
                            1,
                            false));
                    marks.add(new Mark.Text(
                            new Point(x.at(rank), SCALE - TICK - 4),
                            Integer.toString(rank),
                            Anchor.MIDDLE,
                            Tone.MUTED,
                            SMALL,
                            false));
                });
        var length = Math.min(ranks.found().difference(), x.high() - 1);
        marks.add(new Mark.Line(
                List.of(new Point(x.from(), BAR), new Point(x.at(1 + length), BAR)), Tone.INK, 2, false));
        marks.add(new Mark.Text(
                new Point(x.from() - 8, BAR + HALF),
                "CD " + Numbers.decimal(ranks.found().difference(), 2),
                Anchor.END,
                Tone.MUTED,
                SMALL,
                false));
    }

    private void arm(Ranks ranks, int arm, Axis x, double y, boolean better, List<Mark> marks) {
        var label = ranks.arms().get(arm);
        var rank = ranks.found().ranks().get(arm);
        var place = x.at(rank);
        var end = better ? x.from() - 4 : x.to() + 4;
        marks.add(new Mark.Line(
                List.of(new Point(place, SCALE), new Point(place, y), new Point(end, y)), Tone.MUTED, 1, false));
        marks.add(new Mark.Dot(
                new Point(place, SCALE),
                RADIUS,
                legend.shape(label),
                legend.tone(label),
                false,
                label + ": mean rank " + Numbers.decimal(rank, 2)));
        marks.add(new Mark.Text(
                new Point(better ? end - 4 : end + 4, y + HALF),
                Labels.cut(label, x.from() - 12, SIZE),
                better ? Anchor.END : Anchor.START,
                Tone.INK,
                SIZE,
                false));
    }

    private static void bar(Ranks ranks, List<Integer> group, Axis x, double y, List<Mark> marks) {
        var first = ranks.found().ranks().get(group.get(0));
        var last = ranks.found().ranks().get(group.get(group.size() - 1));
        marks.add(new Mark.Line(
                List.of(new Point(x.at(first) - RADIUS, y), new Point(x.at(last) + RADIUS, y)), Tone.INK, 4, false));
    }
}
