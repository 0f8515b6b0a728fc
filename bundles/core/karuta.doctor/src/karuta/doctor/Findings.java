package karuta.doctor;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import karuta.doctor.DataReport.Finding;
import karuta.doctor.DataReport.Group;

/** Counts what is found and keeps the first of each kind. Several threads may find something. */
final class Findings {

    private final int kept;
    private final Map<Kind, Integer> counts = new EnumMap<>(Kind.class);
    private final Map<Kind, List<Finding>> findings = new EnumMap<>(Kind.class);

    /** @param kept how many of a kind */
    Findings(int kept) {
        this.kept = kept;
    }

    synchronized void add(Kind kind, String task, String what) {
        var before = counts.merge(kind, 1, Integer::sum) - 1;
        if (before < kept) {
            findings.computeIfAbsent(kind, is -> new ArrayList<>()).add(new Finding(task, what));
        }
    }

    synchronized List<Group> groups() {
        return counts.entrySet().stream()
                .map(kind -> new Group(
                        kind.getKey(), kind.getValue(), List.copyOf(findings.getOrDefault(kind.getKey(), List.of()))))
                .toList();
    }
}
