package karuta.audit;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What an audit has found.
 *
 * @param methods how many rows were looked at
 * @param tasks how many tasks they have
 * @param numbers how many printed numbers
 * @param columns what the columns of figures mean
 * @param faults what cannot be
 * @param notes what its reader should know
 */
public record Findings(
        int methods, int tasks, int numbers, List<Meaning> columns, List<Fault> faults, List<String> notes) {

    /** Copies the lists. */
    public Findings {
        columns = List.copyOf(columns);
        faults = List.copyOf(faults);
        notes = List.copyOf(notes);
    }

    /**
     * How well a column's numbers fit a definition.
     *
     * @param column its heading
     * @param definition what it would mean
     * @param verdict whether it is what is meant
     * @param fitting in how many rows its number can have been rounded from what the definition gives
     * @param rows in how many rows there is a number
     * @param leeway how far a number could be off and still fit, in the row in the middle: what all the others leave
     *     open; nothing where it fits no row
     */
    public record Meaning(
            String column, Definition definition, Verdict verdict, int fitting, int rows, OptionalDouble leeway) {}

    /** Whether a definition is the one that is meant. */
    public enum Verdict {
        /** Ten times likelier than any other. */
        MEANT,
        /** The numbers leave it open. */
        OPEN,
        /** Ten times less likely than another one. */
        REFUTED
    }

    /** Kinds of faults. */
    public enum Kind {
        /** Under no definition known here. */
        IMPOSSIBLE,
        /** Not under the definitions that the other rows follow. */
        ODD,
        /** No number of right answers gives it. */
        COUNT
    }

    /**
     * Numbers that cannot be.
     *
     * @param kind why
     * @param method the row
     * @param conflict the printed numbers that cannot stand together; taking any of them away leaves ones that can
     * @param corrections changes of a single number after which the row fits, the smallest first; none if no single one
     *     suffices
     * @param why in words
     */
    public record Fault(Kind kind, String method, List<String> conflict, List<Correction> corrections, String why) {

        /** Copies the lists. */
        public Fault {
            conflict = List.copyOf(conflict);
            corrections = List.copyOf(corrections);
        }
    }

    /**
     * A change of a number.
     *
     * @param label what it is the number of
     * @param printed as it stands there
     * @param corrected the nearest that fits
     */
    public record Correction(String label, String printed, String corrected) {}
}
