package karuta.app;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import karuta.engine.run.StopSignal;

/**
 * Lets Ctrl-C end work at its next step: while it is open, the program waits, when it is told to end, until the work is
 * over.
 */
final class Interrupt implements AutoCloseable {

    /** A step of a large model on a slow machine takes long; a killed run loses no more than its open stage. */
    private static final long PATIENCE_SECONDS = 60;

    private final StopSignal stop = new StopSignal();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    Interrupt(Terminal terminal) {
        hook = new Thread(
                () -> {
                    terminal.warn("stopping at the next step");
                    stop.raise();
                    try {
                        over.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
                    } catch (InterruptedException impatient) {
                        Thread.currentThread().interrupt();
                    }
                },
                "karuta interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    StopSignal stop() {
        return stop;
    }

    @Override
    public void close() {
        over.countDown();
        if (!stop.raised()) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
