package karuta.replay;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Where two runs part.
 *
 * @param findings the first difference of each level, in the order of levels; none of a level that is equal
 * @param surroundings in which parts, versions and machines they differ: probable causes of what settings do not explain
 * @param compared how much was looked at
 */
public record Bisection(List<Finding> findings, List<Difference> surroundings, Compared compared) {

    /** Copies the lists. */
    public Bisection {
        findings = List.copyOf(findings);
        surroundings = List.copyOf(surroundings);
    }

    /**
     * What both runs have, and was compared.
     *
     * @param stages with the row before training
     * @param steps in the traces of both
     * @param answers of both
     * @param notes what could not be compared, and why
     */
    public record Compared(int stages, int steps, int answers, List<String> notes) {

        /** Copies the list. */
        public Compared {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Compares the runs in two folders.
     *
     * @throws karuta.api.KarutaException if one of them holds no run, or more than one
     * @throws karuta.study.record.RecordException if one cannot be read or is damaged
     */
    public static Bisection between(Path a, Path b) {
        return of(KeptRun.read(a), KeptRun.read(b));
    }

    static Bisection of(KeptRun a, KeptRun b) {
        return new Bisector(a, b).bisection();
    }

    /** What differs first; empty if the runs are equal to the bit. */
    public Optional<Finding> first() {
        return findings.stream().min(Finding.ORDER);
    }

    /** The difference of a level; empty if that is equal. */
    public Optional<Finding> at(Level level) {
        return findings.stream().filter(finding -> finding.level() == level).findFirst();
    }

    /** Whether no number, choice or answer differs, whatever else does. */
    public boolean sameNumbers() {
        return findings.stream().map(Finding::level).allMatch(List.of(Level.OPTION, Level.DATA, Level.ORDER)::contains);
    }

    static List<Difference> surroundings(Facts a, Facts b) {
        return List.of(Group.values()).stream()
                .filter(Group::surrounds)
                .map(group -> Facts.told(group, a, b))
                .flatMap(Collection::stream)
                .toList();
    }
}
