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
import java.util.List;
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
 * another host until this process has seen for five minutes that they are not renewed (the holder does so every 30 seconds;
 * what clocks say does not matter), and, where there are no locks at all, those of a living process of this host. Words are
 * read and written in {@linkplain Turn turns} wherever the file system is not known to be this host's own.
 */
public final class FolderLock implements AutoCloseable {

    private static final String NAME = ".lock";
    private static final Duration RENEWED = Duration.ofSeconds(30);
    private static final Silence SILENCE = new Silence(Duration.ofSeconds(Long.getLong("karuta.lock.silence", 300)));

    /** Set to {@code words}: the operating system's locks are not asked for. There are file systems on which they hang. */
    private static final boolean WORDS_ALONE =
            System.getProperty("karuta.locks", "").equals("words");

    /** What {@link java.nio.file.FileStore#type} calls file systems whose locks all processes see that see the files. */
    private static final Set<String> OWN = Set.of(
            "ext2", "ext3", "ext4", "xfs", "btrfs", "f2fs", "zfs", "tmpfs", "overlay", "apfs", "hfs", "ufs", "NTFS");

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
            if (takeAndSay(channel, file)) {
                var lock = new FolderLock(file, channel);
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

    private static boolean takeAndSay(FileChannel channel, Path file) throws IOException {
        if (!WORDS_ALONE && OWN.contains(Files.getFileStore(file).type())) {
            return take(channel, file) && say(channel);
        }
        var turn = Turn.take(file);
        if (turn.isEmpty()) {
            return false;
        }
        try (var mine = turn.get()) {
            return take(channel, file) && mine.isKept() && say(channel);
        }
    }

    private static boolean say(FileChannel channel) throws IOException {
        say(channel, ProcessName.current() + "\n");
        channel.force(true); // others see it before the turn ends
        return true;
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
        var none = WORDS_ALONE;
        try {
            if (!none) {
                @Nullable FileLock lock = channel.tryLock(PLACE, 1, false);
                if (lock == null) {
                    SILENCE.forget(file);
                    return false;
                }
            }
        } catch (IOException unsupported) {
            none = true;
        }
        var holder = ProcessName.parse(read(channel));
        if (holder.isEmpty()) {
            return true;
        }
        var process = holder.get();
        if (process.here() && (!none || process.gone())) {
            return true;
        }
        return !process.runs() && SILENCE.of(file, List.of(process, Files.getLastModifiedTime(file)));
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

    /** Whether who has a folder, by the words there, is on another host. */
    public static boolean isElsewhere(Path folder) throws IOException {
        var file = folder.toRealPath().resolve(NAME);
        return !HELD.containsKey(file)
                && Files.exists(file)
                && ProcessName.parse(Files.readString(file))
                        .filter(process -> !process.here())
                        .isPresent();
    }

    /**
     * Takes back the words of a process on another host, for somebody who knows that it has ended. What a living process has
     * locked stays, as far as the file system says so.
     *
     * @return who it was; empty if there is no such process
     */
    public static synchronized Optional<String> forget(Path folder) throws IOException {
        var file = folder.toRealPath().resolve(NAME);
        if (HELD.containsKey(file) || !Files.exists(file)) {
            return Optional.empty();
        }
        try (var channel = FileChannel.open(file, READ, WRITE, NOFOLLOW_LINKS)) {
            var holder = ProcessName.parse(read(channel)).filter(process -> !process.here());
            if (holder.isPresent() && (WORDS_ALONE || channel.tryLock(PLACE, 1, false) != null)) {
                say(channel, "");
                return holder.map(ProcessName::toString);
            }
            return Optional.empty();
        }
    }

    /** Leaves the words of whoever has taken the folder since, because this process was asleep for long. */
    private synchronized void renewWords(String words) throws IOException {
        if (channel.isOpen() && read(channel).startsWith(ProcessName.current().toString())) {
            say(channel, words);
        }
    }

    private static void say(FileChannel channel, String words) throws IOException {
        var bytes = ByteBuffer.wrap(words.getBytes(StandardCharsets.UTF_8));
        channel.truncate(bytes.remaining());
        while (bytes.hasRemaining()) {
            channel.write(bytes, bytes.position());
        }
    }

    private static void renew() {
        while (true) {
            try {
                Thread.sleep(RENEWED.toMillis());
                for (var lock : HELD.values()) {
                    lock.renewWords(ProcessName.current() + "\n");
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
                renewWords("");
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
