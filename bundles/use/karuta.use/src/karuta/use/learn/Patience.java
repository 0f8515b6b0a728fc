package karuta.use.learn;

import java.util.List;
import karuta.api.KarutaException;
import karuta.api.Sample;
import karuta.engine.loop.EarlyStopping;

/**
 * How long training goes on without gain.
 *
 * @param looks so many looks in a row at the held-out samples; 0 to take all steps
 * @param share of the steps between two looks, from 0 to 1
 */
public record Patience(int looks, double share) {

    /** A twentieth of the steps apart, five in a row. */
    public static final Patience DEFAULT = new Patience(5, 0.05);

    /** @throws KarutaException if it is less than nothing */
    public Patience {
        if (looks < 0) {
            throw new KarutaException(
                    "The patience is " + looks + ".", "Give --patience 0 to take all steps, or more.");
        }
    }

    EarlyStopping over(long steps, List<Sample> heldOut) {
        return looks == 0
                ? EarlyStopping.NEVER
                : new EarlyStopping(heldOut, (int) Math.max(1, Math.round(steps * share)), looks);
    }
}
