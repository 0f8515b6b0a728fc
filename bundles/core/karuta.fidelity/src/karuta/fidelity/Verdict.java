package karuta.fidelity;

import java.util.List;

/**
 * What is to be said of an arm.
 *
 * @param findings in what it is not ModalPrompt; empty if it is
 * @param settings what it has otherwise by its options
 * @param compared how many golden numbers it has met; 0 if they were not asked
 */
public record Verdict(List<Finding> findings, List<Setting> settings, int compared) {

    /** Copies the lists. */
    public Verdict {
        findings = List.copyOf(findings);
        settings = List.copyOf(settings);
    }

    /** Whether it is ModalPrompt, perhaps with settings of its own. */
    public boolean isModalPrompt() {
        return findings.isEmpty();
    }
}
