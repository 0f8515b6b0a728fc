package karuta.report.draw;

import java.util.List;
import karuta.report.ArmResults;
import karuta.report.draw.Mark.Point;
import karuta.report.draw.Mark.Shape;

/**
 * How each arm looks in every figure of a study: by colour, by the shape of its dots, and dashed where it is analysis only.
 *
 * @param arms their labels, in the order of the study
 */
public record Legend(List<String> arms) {

    private static final double WIDTH = 26;
    private static final double HEIGHT = 12;
    private static final double STROKE = 2;
    private static final double RADIUS = 3.6;

    /** Copies the list. */
    public Legend {
        arms = List.copyOf(arms);
    }

    /** Of all arms of a comparison. */
    public static Legend of(List<ArmResults> groups) {
        return new Legend(groups.stream().map(ArmResults::label).distinct().toList());
    }

    Tone tone(String arm) {
        return Tone.series(arms.indexOf(arm));
    }

    Shape shape(String arm) {
        return Shape.values()[Math.max(0, arms.indexOf(arm)) % Shape.values().length];
    }

    boolean dashed(String arm) {
        return arm.endsWith(ArmResults.MARK);
    }

    /** A piece of its line, to stand before its name. */
    public Figure sample(String arm) {
        var middle = HEIGHT / 2;
        return new Figure(
                "",
                arm,
                WIDTH,
                HEIGHT,
                List.of(
                        new Mark.Line(
                                List.of(new Point(0, middle), new Point(WIDTH, middle)),
                                tone(arm),
                                STROKE,
                                dashed(arm)),
                        new Mark.Dot(new Point(WIDTH / 2, middle), RADIUS, shape(arm), tone(arm), false, "")));
    }
}
