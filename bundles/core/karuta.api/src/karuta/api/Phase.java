package karuta.api;

import java.util.List;

/**
 * A part of a stage with parameters, steps, a rate and perhaps data of its own.
 *
 * @param name unique in its stage
 * @param length how many steps
 * @param rate factor on the study's learning rate
 * @param data what it learns from, such as stored samples; empty for the stage's own training examples
 */
public record Phase(String name, Length length, double rate, List<Sample> data) {

    /** All of a stage, as the study says. */
    public static final Phase WHOLE = new Phase("", new Length.Share(1), 1, List.of());

    /** Copies the list. */
    public Phase {
        data = List.copyOf(data);
    }

    /** A phase that learns from the stage's own examples at the study's rate. */
    public Phase(String name, Length length) {
        this(name, length, 1, List.of());
    }

    /** How long a phase lasts; at least one step. */
    public sealed interface Length {

        /** A share of the steps that the study gives to a stage, from 0 to 1, rounded. */
        record Share(double share) implements Length {}

        /** A number of steps, whatever the study says. */
        record Steps(int steps) implements Length {}

        /** Passes over the phase's data, whatever the study says. */
        record Epochs(int epochs) implements Length {}
    }
}
