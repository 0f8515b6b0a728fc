package karuta.files;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that one process alone works in a folder. The folder's file {@code .lock} is locked by the operating system,
 * which lets go of it whenever the process ends, however it ends; in it stands, for people, who holds it. The file stays.
 *
 * <p>A network file system may have locks that other hosts do not see, or none. So the words count as well: those of
 * another host while they are not older than five minutes (the holder renews them), and, where there are no locks at all,
 * those of a living process of this host.
 */
public final class FolderLock implements AutoCloseable {

    private static final String NAME = ".lock";
    private static final Duration RENEWED = Duration.ofSeconds(30);
    private static final Duration FRESH = Duration.ofMinutes(5);

    /** Far behind the words: systems exist where nobody can read what is locked. */
    private static final long PLACE = Long.MAX_VALUE - 1;

    /** Those of this process. Closing any channel of a locked file would lose its lock, so nobody opens a second one. */
    private static final Map<Path, FolderLock> HELD = new ConcurrentHashMap<>();

    static {
        var renewal = new Thread(FolderLock::renew, "karuta locks");
        renewal.setDaemon(true);
        renewal.start();
    }

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes a folder, if nobody has it.
     *
     * @throws IOException if the folder is not there or cannot be written
     */
    public static synchronized Optional<FolderLock> tryLock(Path folder) throws IOException {
        var file = folder.toRealPath().resolve(NAME);
        if (HELD.containsKey(file)) {
            return Optional.empty();
        }
        var options = Set.<OpenOption>of(CREATE, READ, WRITE, NOFOLLOW_LINKS);
        var channel = FileChannel.open(file, options, Access.PRIVATE.file(file));
        try {
            if (take(channel, file)) {
                var lock = new FolderLock(file, channel);
                lock.say(ProcessName.current() + "\n");
                HELD.put(file, lock);
                return Optional.of(lock);
            }
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
        channel.close();
        return Optional.empty();
    }

    /** Whether somebody has a folder; unlike {@link #tryLock}, it leaves no trace. */
    public static synchronized boolean isHeld(Path folder) throws IOException {
        try {
            var file = folder.toRealPath().resolve(NAME);
            if (HELD.containsKey(file)) {
                return true;
            }
            try (var channel = FileChannel.open(file, READ, WRITE, NOFOLLOW_LINKS)) {
                return !take(channel, file);
            }
        } catch (NoSuchFileException | AccessDeniedException nobody) {
            return false;
        }
    }

    private static boolean take(FileChannel channel, Path file) throws IOException {
        boolean none;
        try {
            @Nullable FileLock lock = channel.tryLock(PLACE, 1, false);
            if (lock == null) {
                return false;
            }
            none = false;
        } catch (IOException unsupported) {
            none = true;
        }
        var holder = ProcessName.parse(read(channel));
        if (holder.isEmpty()) {
            return true;
        }
        var process = holder.get();
        var age = Duration.between(Files.getLastModifiedTime(file).toInstant(), Instant.now());
        return process.here() ? !none || process.gone() : age.compareTo(FRESH) > 0;
    }

    private static String read(FileChannel channel) throws IOException {
        var bytes = ByteBuffer.allocate(1024);
        while (bytes.hasRemaining() && channel.read(bytes, bytes.position()) > 0) {
            continue; // until it is full, or the file ends
        }
        return StandardCharsets.UTF_8.decode(bytes.flip()).toString();
    }

    /** Who has a folder, in words; empty if nobody has said so. */
    public static Optional<String> holder(Path folder) throws IOException {
        var file = folder.toRealPath().resolve(NAME);
        if (HELD.containsKey(file)) {
            return Optional.of(ProcessName.current().toString());
        }
        return Files.exists(file)
                ? ProcessName.parse(Files.readString(file)).map(ProcessName::toString)
                : Optional.empty();
    }

    private synchronized void say(String words) throws IOException {
        if (channel.isOpen()) {
            var bytes = ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8));
            channel.truncate(bytes.remaining());
            while (bytes.hasRemaining()) {
                channel.write(bytes, bytes.position());
            }
        }
    }

    private static void renew() {
        while (true) {
            try {
                Thread.sleep(RENEWED.toMillis());
                for (var lock : HELD.values()) {
                    lock.say(ProcessName.current() + "\n");
                }
            } catch (IOException unwritable) {
                continue; // the folder is gone or its disk is full: whoever writes into it will be told
            } catch (InterruptedException ended) {
                return;
            }
        }
    }

    /** Gives the folder back. */
    @Override
    public void close() {
        synchronized (FolderLock.class) {
            try {
                say("");
            } catch (IOException unwritable) {
                // the lock is given back all the same
            }
            HELD.remove(file, this);
            try {
                channel.close();
            } catch (IOException gone) {
                // so is the lock
            }
        }
    }
}
