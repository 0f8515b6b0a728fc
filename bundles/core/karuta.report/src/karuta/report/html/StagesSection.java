package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.List;
import java.util.Optional;
import karuta.metrics.Metric;
import karuta.report.ArmResults;
import karuta.report.draw.StudyFigures;

/**
 * What happens while one task is learned after the other.
 *
 * @param groups the runs
 * @param figures of them
 * @param prefix of all ids
 */
record StagesSection(List<ArmResults> groups, StudyFigures figures, String prefix) {

    /** Nothing where no arm learns task by task. */
    Optional<Section> section() {
        return figures.accuracy(TwoWidths.WIDE)
                .map(accuracy -> new Section(
                        prefix + "stages",
                        "Over the stages",
                        "What happens while one task is learned after the other. A faint band is one standard deviation over runs.",
                        content()));
    }

    private Html content() {
        return Html.all(
                legend(),
                TwoWidths.of(
                        "Mean score over the tasks learned so far, in percent, after each stage.",
                        width -> figures.accuracy(width).orElseThrow()),
                figures.forgetting(TwoWidths.WIDE).isEmpty()
                        ? Html.NOTHING
                        : TwoWidths.of(
                                "Forgetting (" + Metric.FORGETTING.id()
                                        + ") of the tasks learned so far, in points, after each stage; lower is better.",
                                width -> figures.forgetting(width).orElseThrow()),
                tag("h3").of("Each task by itself"),
                tag("p").css("note")
                        .of("Score in percent after each stage; the dashed line is where the task is learned."
                                + (orders() > 1 ? " Order " + groups.get(0).order() + " alone." : "")),
                panels());
    }

    private long orders() {
        return groups.stream().map(ArmResults::order).distinct().count();
    }

    private Html legend() {
        var legend = figures.legend();
        return tag("ul")
                .css("legend")
                .of(legend.arms().stream()
                        .map(arm -> tag("li").of(Html.figure(legend.sample(arm), "key"), Html.text(arm))));
    }

    private Html panels() {
        return tag("div")
                .css("panels")
                .of(figures.tasks().stream()
                        .map(figure ->
                                tag("figure").of(tag("figcaption").of(figure.title()), Html.figure(figure, "panel"))));
    }
}
