package karuta.report.html;

import static karuta.report.html.Html.tag;

import java.util.List;
import java.util.Optional;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.Metric;
import karuta.report.ArmResults;
import karuta.report.Budget;
import karuta.report.Comparison;
import karuta.report.Numbers;
import karuta.report.TableChoice;
import karuta.report.draw.StudyFigures;

/**
 * Where every arm ends, and whether that is more than chance.
 *
 * @param comparison the runs
 * @param figures of them
 * @param prefix of all ids
 */
record ResultsSection(Comparison comparison, StudyFigures figures, String prefix) {

    private static final int FIRST_METRIC = 3;

    Section section() {
        var summary = comparison.summary(TableChoice.DEFAULT);
        var best = Metric.defaults().stream().map(this::best).toList();
        var table = Tables.of(
                summary,
                (row, column) -> column >= FIRST_METRIC
                                && column - FIRST_METRIC < best.size()
                                && isOf(
                                        best.get(column - FIRST_METRIC),
                                        summary.rows().get(row))
                        ? "best"
                        : "");
        return new Section(
                prefix + "results",
                "Results",
                headline(),
                Html.all(
                        TwoWidths.of(
                                "Mean score over all tasks after the last stage (" + Metric.LAST.id() + "), in percent."
                                        + " Hollow dots are single runs, the bar is one standard deviation on both sides.",
                                figures::scores),
                        Tables.lines(figures.leftOut().stream().toList()),
                        table,
                        unmatched(),
                        significance(),
                        ranks(),
                        definitions()));
    }

    private Html ranks() {
        return figures.ranks(TwoWidths.WIDE).isEmpty()
                ? Html.NOTHING
                : TwoWidths.of(
                        "Critical-difference diagram: mean rank of each method over the final scores on all tasks, 1 is best."
                                + " A thick bar is over methods that cannot be told apart.",
                        width -> figures.ranks(width).orElseThrow());
    }

    private static Html definitions() {
        return tag("details")
                .css("definitions")
                .of(
                        tag("summary").of("What the metrics mean"),
                        tag("dl").of(Metric.defaults().stream().map(ResultsSection::definition)));
    }

    private static Html definition(Metric metric) {
        return Html.all(
                tag("dt").of(Html.text(metric.title() + " "), tag("small").of(metric.id())),
                tag("dd")
                        .of(
                                tag("code").of(metric.formula()),
                                Html.text((metric.higherIsBetter() ? "" : ", lower is better") + ". "),
                                tag("small").of(metric.source())));
    }

    private boolean isOf(int group, List<String> row) {
        return group >= 0
                && List.of(
                                comparison.groups().get(group).label(),
                                comparison.groups().get(group).order())
                        .equals(row.subList(0, 2));
    }

    /** The best group; -1 where there is nothing to choose from. */
    private int best(Metric metric) {
        var groups = comparison.groups();
        var best = -1;
        var most = Double.NEGATIVE_INFINITY;
        for (var i = 0; i < groups.size(); i++) {
            var mean = mean(metric, groups.get(i));
            if (!groups.get(i).analysis() && mean.isPresent() && groups.size() > 1) {
                var value = metric.higherIsBetter() ? mean.get() : -mean.get();
                if (value > most) {
                    most = value;
                    best = i;
                }
            }
        }
        return best;
    }

    private static Optional<Double> mean(Metric metric, ArmResults group) {
        var values = group.results().stream()
                .flatMap(result ->
                        metric.of(result.matrix().orElseThrow()).stream().boxed())
                .toList();
        return values.isEmpty()
                ? Optional.empty()
                : Optional.of(MeanAndDeviation.of(values).mean());
    }

    private String headline() {
        var best = best(Metric.LAST);
        if (best < 0) {
            return "";
        }
        var groups = comparison.groups();
        var group = groups.get(best);
        var several = groups.stream().map(ArmResults::order).distinct().count() > 1;
        return group.label() + (several ? " (order " + group.order() + ")" : "")
                + " ends highest: " + Numbers.percent(mean(Metric.LAST, group).orElseThrow())
                + " % on average over all tasks after the last stage, of the arms that are methods.";
    }

    private Html significance() {
        var differences = comparison.differences(TableChoice.DEFAULT);
        return differences.isEmpty()
                ? tag("p").css("note")
                        .of("Whether arms differ by more than chance cannot be told: no two of them share two"
                                + " seeds or more.")
                : Tables.of(differences);
    }

    private Html unmatched() {
        return Budget.of(comparison.groups()).stream().allMatch(Budget::matched)
                ? Html.NOTHING
                : tag("p").css("note")
                        .of(
                                Html.text("≠ Not all rows have the same budget: see "),
                                tag("a").with("href", "#" + prefix + "budgets").of("Budgets"),
                                Html.text("."));
    }
}
