package karuta.it;

import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import karuta.it.dropped.Gated;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/** Holds a question up that is being answered. */
final class Gate implements Runnable, AutoCloseable {

    private static final long SECONDS = 120;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);
    private final ServiceRegistration<Runnable> registration;

    Gate(BundleContext context) {
        registration =
                context.registerService(Runnable.class, this, FrameworkUtil.asDictionary(Map.of(Gated.GATE, "closed")));
    }

    @Override
    public void run() {
        arrived.countDown();
        await(open);
    }

    /** Waits until a question stands before it. */
    void awaitArrival() {
        await(arrived);
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("nothing came for " + SECONDS + " s");
            }
        } catch (InterruptedException ended) {
            throw new IllegalStateException(ended);
        }
    }

    /** Lets it through, and whatever comes later. */
    @Override
    public void close() {
        registration.unregister();
        open.countDown();
    }
}
