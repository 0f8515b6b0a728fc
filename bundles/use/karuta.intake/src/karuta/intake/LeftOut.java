package karuta.intake;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import karuta.intake.IntakeReport.Left;

/** Counts what is left out, and keeps the first of each reason. */
final class LeftOut {

    private final int kept;
    private final Map<Reason, List<String>> examples = new EnumMap<>(Reason.class);
    private final Map<Reason, Integer> counts = new EnumMap<>(Reason.class);

    /** @param kept how many of a reason */
    LeftOut(int kept) {
        this.kept = kept;
    }

    /** @param what was left out, where, and why: a sentence */
    void add(Reason reason, String what) {
        counts.merge(reason, 1, Integer::sum);
        var list = examples.computeIfAbsent(reason, none -> new ArrayList<>());
        if (list.size() < kept) {
            list.add(what);
        }
    }

    /** By reason. */
    List<Left> all() {
        return counts.entrySet().stream()
                .map(count -> new Left(count.getKey(), count.getValue(), examples.get(count.getKey())))
                .toList();
    }
}
