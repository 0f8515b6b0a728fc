package karuta.app;

import java.util.ArrayList;
import java.util.List;
import karuta.replay.Bisection;
import karuta.replay.Finding;
import karuta.replay.Level;

/** Where two runs part, as lines for people. */
final class BisectionText {

    private BisectionText() {}

    static List<String> of(Bisection bisection) {
        var lines = new ArrayList<String>();
        var rows = new ArrayList<>(List.of(List.of("LEVEL", "FIRST DIFFERENCE")));
        for (var level : Level.values()) {
            rows.add(List.of(
                    level.words(), bisection.at(level).map(Finding::text).orElse("equal, as far as it was compared")));
        }
        if (!bisection.findings().isEmpty()) {
            lines.addAll(Columns.of(rows));
            lines.add("");
        }
        var compared = bisection.compared();
        lines.add("Compared: " + compared.stages() + " evaluations, " + compared.steps() + " steps, "
                + compared.answers() + " answers.");
        lines.addAll(compared.notes());
        lines.add(bisection
                .first()
                .map(first -> "What differs first is the " + first.level().words() + ": " + first.text() + ".")
                .orElse("A and B are equal to the bit."));
        if (!bisection.surroundings().isEmpty()) {
            lines.add(
                    bisection.first().isEmpty()
                            ? "Their surroundings differ all the same:"
                            : "Their surroundings differ, too, which is a probable cause where no setting explains it:");
            bisection.surroundings().forEach(difference -> lines.add("  " + difference.text()));
        }
        return lines;
    }
}
