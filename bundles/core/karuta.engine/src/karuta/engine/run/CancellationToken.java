package karuta.engine.run;

import karuta.engine.loop.RunCancelled;

/** Asks runs to end at their next step. */
public final class CancellationToken {

    private volatile boolean raised;

    /** Asks. */
    public void raise() {
        raised = true;
    }

    /** Whether somebody has asked. */
    public boolean raised() {
        return raised;
    }

    /** @throws RunCancelled if somebody has asked */
    void check() {
        if (raised) {
            throw new RunCancelled();
        }
    }
}
