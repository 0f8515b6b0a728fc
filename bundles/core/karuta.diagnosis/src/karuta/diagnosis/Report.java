package karuta.diagnosis;

import java.util.ArrayList;
import java.util.List;

/** Collects what is found in one place. */
final class Report {

    private final String where;
    private final List<Finding> findings = new ArrayList<>();

    Report(String where) {
        this.where = where;
    }

    void add(Fault fault, String what, String cure) {
        findings.add(new Finding(fault, where, what, cure));
    }

    List<Finding> findings() {
        return List.copyOf(findings);
    }
}
