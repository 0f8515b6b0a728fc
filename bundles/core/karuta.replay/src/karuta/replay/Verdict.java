package karuta.replay;

import java.util.List;
import java.util.Optional;

/**
 * What came of running a run again.
 *
 * @param obstacles what is not as it was then, so that equal bits cannot be expected: processor, libraries, bundles, data
 * @param bisection of the kept run (A) and the new one (B)
 * @param closeness of their scores
 * @param tolerance how far scores may lie apart where equal bits cannot be expected, in their unit
 * @param known whether both have the same fingerprint, so that every bit must be equal
 */
public record Verdict(
        List<Difference> obstacles, Bisection bisection, Closeness closeness, double tolerance, boolean known) {

    /** Copies the list. */
    public Verdict {
        obstacles = List.copyOf(obstacles);
    }

    /** Whether every number, choice and answer is the same. */
    public boolean sameBits() {
        return bisection.sameNumbers();
    }

    /** Whether the run was confirmed: to the bit, or within the tolerance where equal bits cannot be expected. */
    public boolean same() {
        return sameBits() || !known && closeness.farthest() <= tolerance;
    }

    /** What differs first of numbers, choices and answers. */
    public Optional<Finding> first() {
        return bisection.first();
    }
}
