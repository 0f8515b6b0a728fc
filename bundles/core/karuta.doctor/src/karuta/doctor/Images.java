package karuta.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import karuta.api.KarutaException;
import karuta.picture.ImageFiles;

/**
 * The image files of all tasks, each looked at once: is it there, and can it be decoded? Decoding goes on beside the reading
 * of samples, and never far behind it.
 */
final class Images implements AutoCloseable {

    private static final long MISSING = -1;
    private static final int WAITING = 8; // per worker

    private final ImageFiles files;
    private final boolean decode;
    private final Findings findings;
    private final ExecutorService workers;
    private final Semaphore waiting;
    private final int places;
    private final LongMap sizes = new LongMap(); // by path
    private final LongMap contents = new LongMap(); // by path; guarded by itself

    /**
     * @param decode whether images are decoded
     * @param count of workers
     */
    Images(ImageFiles files, boolean decode, int count, Findings findings) {
        this.files = files;
        this.decode = decode;
        this.findings = findings;
        places = WAITING * count;
        waiting = new Semaphore(places);
        workers = Executors.newFixedThreadPool(count, work -> {
            var thread = new Thread(work, "karuta images");
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Looks at an image.
     *
     * @param where it is named, for messages
     * @return its size in bytes; nothing if it is not there, which is told
     */
    OptionalLong look(Path image, String task, String where) {
        var path = Hash.of(image);
        var known = sizes.get(path);
        if (known.isEmpty()) {
            known = OptionalLong.of(first(image, path, task, where));
            sizes.put(path, known.getAsLong());
        }
        return known.getAsLong() == MISSING ? OptionalLong.empty() : known;
    }

    private long first(Path image, long path, String task, String where) {
        long size;
        try {
            size = Files.isRegularFile(image) ? Files.size(image) : MISSING;
        } catch (IOException vanished) {
            size = MISSING;
        }
        if (size == MISSING) {
            findings.add(Kind.MISSING, task, "There is no image " + image + " (" + where + ").");
        } else if (decode) {
            waiting.acquireUninterruptibly();
            workers.execute(() -> {
                try {
                    decode(image, path, task, where);
                } finally {
                    waiting.release();
                }
            });
        }
        return size;
    }

    private void decode(Path image, long path, String task, String where) {
        try {
            var content = Hash.of(files.read(image).fingerprint());
            synchronized (contents) {
                contents.put(path, content);
            }
        } catch (KarutaException e) {
            var what = e.getMessage().lines().findFirst().orElseThrow();
            findings.add(Kind.UNREADABLE, task, what + " (" + where + ")");
        }
    }

    /** Waits until all images that were looked at are decoded. */
    void drain() {
        waiting.acquireUninterruptibly(places);
        waiting.release(places);
    }

    /** What tells images apart: their pixels, where they were decoded, or else their paths. */
    long content(long path) {
        synchronized (contents) {
            return contents.get(path).orElse(path);
        }
    }

    /** Whether a sample names this file. */
    boolean isNamed(Path image) {
        return sizes.has(Hash.of(image));
    }

    @Override
    public void close() {
        workers.shutdownNow();
    }
}
