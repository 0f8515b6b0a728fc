package karuta.report.draw;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import karuta.report.draw.Mark.Point;

/** Figures as pixels, two for each of CSS, on light paper. */
final class Png {

    private static final double SCALE = 2;
    private static final float FAINT = 0.13f;
    private static final float BAR = 1.2f;

    private Png() {}

    /** @throws IOException if this Java lacks fonts or PNG */
    static byte[] of(Figure figure) throws IOException {
        var image = new BufferedImage(
                (int) Math.ceil(SCALE * figure.width()),
                (int) Math.ceil(SCALE * figure.height()),
                BufferedImage.TYPE_INT_RGB);
        try {
            var canvas = image.createGraphics();
            canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            canvas.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            canvas.scale(SCALE, SCALE);
            canvas.setColor(new Color(Tone.PAPER.rgb()));
            canvas.fill(new Rectangle2D.Double(0, 0, figure.width(), figure.height()));
            figure.marks().forEach(mark -> paint(mark, canvas));
            canvas.dispose();
        } catch (Error | RuntimeException broken) { // a Java without fonts tells it by errors of several kinds
            throw new IOException("this Java cannot draw text: " + broken.getMessage(), broken);
        }
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, "png", out)) {
            throw new IOException("this Java cannot write PNG");
        }
        return out.toByteArray();
    }

    private static void paint(Mark mark, Graphics2D canvas) {
        if (mark instanceof Mark.Line line) {
            canvas.setColor(new Color(line.tone().rgb()));
            canvas.setStroke(new BasicStroke(
                    (float) line.width(),
                    BasicStroke.CAP_BUTT,
                    BasicStroke.JOIN_ROUND,
                    1,
                    line.dashed() ? new float[] {5, 4} : null,
                    0));
            canvas.draw(path(line.points(), false));
        } else if (mark instanceof Mark.Area area) {
            var rgb = new Color(area.tone().rgb()).getRGBColorComponents(null);
            canvas.setColor(new Color(rgb[0], rgb[1], rgb[2], FAINT));
            canvas.fill(path(area.points(), true));
        } else if (mark instanceof Mark.Dot dot) {
            var shape = dot.shape() == Mark.Shape.CIRCLE
                    ? new Ellipse2D.Double(
                            dot.at().x() - dot.radius(),
                            dot.at().y() - dot.radius(),
                            2 * dot.radius(),
                            2 * dot.radius())
                    : path(Svg.outline(dot), true);
            canvas.setColor(new Color(dot.tone().rgb()));
            canvas.setStroke(new BasicStroke(BAR));
            if (dot.hollow()) {
                canvas.draw(shape);
            } else {
                canvas.fill(shape);
            }
        } else if (mark instanceof Mark.Box box) {
            canvas.setColor(new Color(box.tone().rgb()));
            canvas.fill(new Rectangle2D.Double(box.at().x(), box.at().y(), box.width(), box.height()));
        } else if (mark instanceof Mark.Text text) {
            write(text, canvas);
        }
    }

    private static void write(Mark.Text text, Graphics2D canvas) {
        var font = new Font(Font.SANS_SERIF, text.strong() ? Font.BOLD : Font.PLAIN, 1).deriveFont((float) text.size());
        canvas.setFont(font);
        canvas.setColor(new Color(text.tone().rgb()));
        var width = canvas.getFontMetrics().stringWidth(text.text());
        var shift = switch (text.anchor()) {
            case START -> 0.0;
            case MIDDLE -> width / 2.0;
            case END -> width;
        };
        canvas.drawString(
                text.text(), (float) (text.at().x() - shift), (float) text.at().y());
    }

    private static Path2D path(List<Point> points, boolean closed) {
        var path = new Path2D.Double();
        for (var i = 0; i < points.size(); i++) {
            var point = points.get(i);
            if (i == 0) {
                path.moveTo(point.x(), point.y());
            } else {
                path.lineTo(point.x(), point.y());
            }
        }
        if (closed) {
            path.closePath();
        }
        return path;
    }
}
