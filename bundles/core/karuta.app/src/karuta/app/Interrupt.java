package karuta.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.ToIntFunction;
import karuta.engine.loop.RunCancelled;
import karuta.engine.run.CancellationToken;

/**
 * Lets Ctrl-C end work at its next step: while such work goes on, a process that is told to end waits until it is over.
 */
final class Interrupt implements AutoCloseable {

    /** A step of a large model on a slow machine takes long; a killed run loses no more than its open stage. */
    private static final long PATIENCE_SECONDS = 60;

    private final CancellationToken stop = new CancellationToken();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Interrupt(Terminal terminal, String words) {
        hook = new Thread(
                () -> {
                    if (Ending.byCode()) {
                        return; // whoever called it waits for this thread, so nothing will come to a next step
                    }
                    terminal.warn(words + "; once more ends the program at once");
                    stop.raise();
                    try {
                        if (!over.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                            terminal.fail("no step came to its end for " + PATIENCE_SECONDS + " s; ended within one");
                        }
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                },
                "karuta interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Does work that Ctrl-C may end.
     *
     * @param work gets the signal to end, and gives an exit code
     */
    static int around(Terminal terminal, ToIntFunction<CancellationToken> work) {
        return around(terminal, "stopping at the next step", work);
    }

    /** The same for work that ends otherwise than at a step; {@code words} say how. */
    static int around(Terminal terminal, String words, ToIntFunction<CancellationToken> work) {
        try (var interrupt = new Interrupt(terminal, words)) {
            try {
                return work.applyAsInt(interrupt.stop);
            } catch (RunCancelled early) {
                terminal.fail("stopped before any run began"); // told before the process may end
                return CommandLines.INTERRUPTED;
            }
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) {
            return; // the process is about to end, and the hook has done its part
        }
    }
}
