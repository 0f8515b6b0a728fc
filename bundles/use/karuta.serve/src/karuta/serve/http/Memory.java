package karuta.serve.http;

import java.util.concurrent.atomic.AtomicLong;

/** What all requests together may hold in memory: who finds no room is told to come again, and nobody else suffers. */
public final class Memory {

    private final AtomicLong free;

    /** @param bytes for all */
    public Memory(long bytes) {
        free = new AtomicLong(bytes);
    }

    /** What one request holds. */
    Share share() {
        return new Share();
    }

    /** Given back when it is closed. */
    final class Share implements AutoCloseable {

        private long taken;

        private Share() {}

        /** @throws Problem if there is no room */
        void take(long bytes) {
            if (free.addAndGet(-bytes) < 0) {
                free.addAndGet(bytes);
                throw Problem.busy("Too much is being asked at once. Ask again in a moment.");
            }
            taken += bytes;
        }

        @Override
        public void close() {
            free.addAndGet(taken);
            taken = 0;
        }
    }
}
