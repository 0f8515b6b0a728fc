package karuta.report.html;

import java.util.List;
import java.util.Optional;
import karuta.report.Block;
import karuta.report.Budget;
import karuta.report.Comparison;

/**
 * What each arm may spend and has spent.
 *
 * @param comparison the runs
 * @param prefix of all ids
 */
record BudgetsSection(Comparison comparison, String prefix) {

    /** Nothing where all answers are imported. */
    Optional<Section> section() {
        var rows =
                Budget.of(comparison.groups()).stream().map(BudgetsSection::row).toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Section(
                        prefix + "budgets",
                        "Budgets",
                        "What each arm may spend, and where that is not what the first arm of its order may spend: such rows are no"
                                + " comparison of methods alone.",
                        Html.all(
                                Tables.of(
                                        new Block.Table(
                                                "Comparison with the first arm that is a method",
                                                List.of("arm", "order", "budget", "in what it differs"),
                                                rows,
                                                List.of()),
                                        (row, column) -> column == 0 ? "" : column == 3 ? "words" : "word"),
                                Tables.of(comparison.costs().stream().toList()))));
    }

    private static List<String> row(Budget budget) {
        return List.of(
                budget.group().label(),
                budget.group().order(),
                budget.group() == budget.reference() ? "reference" : budget.matched() ? "= matched" : "≠ not matched",
                String.join("; ", budget.differences()));
    }
}
