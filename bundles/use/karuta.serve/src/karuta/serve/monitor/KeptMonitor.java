package karuta.serve.monitor;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import karuta.files.Access;
import karuta.files.FolderLock;
import karuta.files.FullDisk;
import karuta.serve.pool.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A monitor that outlives the service: what it knows is written down now and then, and when it is closed, in a folder of its own. Where that
 * cannot be done it counts all the same.
 */
final class KeptMonitor implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeptMonitor.class);

    /** With what trouble is. */
    private static final String MONITOR = "monitor";

    private static final String FILE = "monitor.json";
    private static final String COUNTS_ON =
            " The monitor goes on counting; what is not written when the service ends is lost.";

    /** How long a file that is being written may take at the end. */
    private static final long END_SECONDS = 10;

    private final MonitorFile file;
    private final Health health;
    private final Optional<FolderLock> lock;
    private final Monitor monitor;
    private final ScheduledExecutorService rounds = Executors.newSingleThreadScheduledExecutor(work -> {
        var thread = new Thread(work, "karuta monitor");
        thread.setDaemon(true);
        return thread;
    });

    /** How many answers the file knows of. */
    private long written = -1;

    /**
     * Goes on with the folder's monitor, or begins one.
     *
     * @param folder is made if it is not there
     * @param pool whose monitor it is
     * @param every how often it is written
     */
    KeptMonitor(Path folder, String pool, Duration every, Health health, Instant now) {
        this.health = health;
        file = new MonitorFile(folder.resolve(FILE), pool);
        lock = lock(folder);
        monitor = lock.flatMap(mine -> read()).orElseGet(() -> new Monitor(now));
        lock.ifPresent(mine ->
                rounds.scheduleWithFixedDelay(this::write, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS));
    }

    Monitor monitor() {
        return monitor;
    }

    /** Empty where another service has it, or nothing can be written. */
    private Optional<FolderLock> lock(Path folder) {
        try {
            Access.PRIVATE.folders(folder);
            var own = FolderLock.tryLock(folder);
            if (own.isEmpty()) {
                log.warn("another service keeps the monitor of this pool in {}.{}", folder, COUNTS_ON);
            }
            return own;
        } catch (IOException unwritable) {
            trouble(folder + " cannot be written to: " + unwritable.getMessage() + "." + COUNTS_ON, unwritable);
            return Optional.empty();
        }
    }

    private Optional<Monitor> read() {
        try {
            return file.read();
        } catch (MonitorFile.Unfit other) {
            return aside(String.valueOf(other.getMessage()));
        } catch (IOException unreadable) {
            return aside("it cannot be read: " + unreadable.getMessage());
        }
    }

    private Optional<Monitor> aside(String why) {
        try {
            file.putAside();
            log.warn(
                    "what the monitor knew of this pool is lost, and it begins anew: {}. The file lies in {} now",
                    why,
                    file.aside());
        } catch (IOException stuck) {
            trouble(
                    "The monitor's file is unfit (" + why + "), and cannot be put aside: " + stuck.getMessage() + ".",
                    stuck);
        }
        return Optional.empty();
    }

    private void trouble(String words, IOException failed) {
        health.trouble(MONITOR, FullDisk.words(failed) + words);
    }

    private synchronized void write() {
        var answers = monitor.answers();
        if (answers == written) {
            return;
        }
        try {
            file.write(monitor);
            written = answers;
            health.well(MONITOR);
        } catch (IOException full) {
            trouble("The monitor's file cannot be written: " + full.getMessage() + "." + COUNTS_ON, full);
        } catch (RuntimeException unforeseen) {
            log.error("the monitor's file was not written", unforeseen);
        }
    }

    /** Writes what it knows. */
    @Override
    public void close() {
        rounds.shutdown();
        try {
            rounds.awaitTermination(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
        lock.ifPresent(mine -> {
            write();
            mine.close();
        });
    }
}
