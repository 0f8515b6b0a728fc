package karuta.engine.loop;

import java.util.List;
import karuta.api.Sample;

/**
 * When the training of a phase ends before its last step. Every so many steps, and after the last one, the loss of held-out
 * samples is computed as in training, without a gradient. What was trained ends with the values that had the smallest loss (L.
 * Prechelt: Early Stopping - But When?, in Neural Networks: Tricks of the Trade, 1998). What a learner changes beside the values of its
 * parameters stays as the last step left it.
 *
 * @param heldOut samples that nobody learns from; where there are none, nothing ends early
 * @param every so many steps, at least 1
 * @param patience the phase ends after so many looks in a row without a smaller loss, at least 1
 */
public record EarlyStopping(List<Sample> heldOut, int every, int patience) {

    /** All steps, and the values that the last one leaves. */
    public static final EarlyStopping NEVER = new EarlyStopping(List.of(), 1, 1);

    /** Copies the list. */
    public EarlyStopping {
        heldOut = List.copyOf(heldOut);
        if (every < 1 || patience < 1) {
            throw new IllegalArgumentException("every " + every + " steps, patience " + patience);
        }
    }

    boolean isDue(int done, int steps) {
        return !heldOut.isEmpty() && (done % every == 0 || done == steps);
    }
}
