package karuta.tensor;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;

/**
 * A way to find memory that is read after it was freed. If the property {@value #PROPERTY} is set, the garbage of Java is
 * collected whenever a scope closes and before every backward pass, so that memory which only looks alive is freed at once; the
 * launcher ({@code KARUTA_DEBUG_MEMORY=1}) lets the C library overwrite what is freed. A run with it must give the bits of a run
 * without.
 */
final class MemoryDebug {

    static final String PROPERTY = "karuta.debug.memory";

    private static final boolean ON = Boolean.getBoolean(PROPERTY);

    private MemoryDebug() {}

    /** Returns once all native memory that only garbage held is freed. */
    static void collect() {
        if (ON) {
            System.gc();
            awaitCleaners();
        }
    }

    /** Direct buffers are freed by a thread of Java's own, soon after the collection. */
    private static void awaitCleaners() {
        var before = -1L;
        for (var now = buffers(); now != before; now = buffers()) {
            before = now;
            try {
                Thread.sleep(1);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static long buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .mapToLong(BufferPoolMXBean::getCount)
                .sum();
    }
}
