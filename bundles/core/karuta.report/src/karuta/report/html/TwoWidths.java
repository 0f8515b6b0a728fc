package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.function.DoubleFunction;
import karuta.report.draw.Figure;

/** A figure for wide screens and one for narrow ones, of which one is shown. */
final class TwoWidths {

    static final double WIDE = 720;
    private static final double NARROW = 350;

    private TwoWidths() {}

    static Html of(String caption, DoubleFunction<Figure> figure) {
        return tag("figure")
                .of(
                        tag("figcaption").of(caption),
                        Html.figure(figure.apply(WIDE), "wide"),
                        Html.figure(figure.apply(NARROW), "narrow"));
    }
}
