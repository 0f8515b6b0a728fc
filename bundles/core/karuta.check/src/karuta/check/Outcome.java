package karuta.check;

import java.util.Optional;

/** What became of a property. */
public sealed interface Outcome {

    /**
     * It holds.
     *
     * @param note what is worth knowing all the same; mostly empty
     */
    record Holds(String note) implements Outcome {}

    /**
     * It does not hold.
     *
     * @param what is wrong
     * @param where the part, stage, sample or name that shows it
     * @param remedy what to do about it
     */
    record Fails(String what, String where, String remedy) implements Outcome {}

    /**
     * It says nothing about this strategy.
     *
     * @param reason why
     */
    record NotApplicable(String reason) implements Outcome {}

    /**
     * It could not be tried, as the strategy refuses what it was given.
     *
     * @param reason in the strategy's own words
     */
    record Unchecked(String reason) implements Outcome {}

    /** It holds, and there is no more to say. */
    static Outcome holds() {
        return new Holds("");
    }

    /** A failure where it was found, or that it holds. */
    static Outcome of(Optional<Fails> failure) {
        return failure.<Outcome>map(found -> found).orElseGet(Outcome::holds);
    }
}
