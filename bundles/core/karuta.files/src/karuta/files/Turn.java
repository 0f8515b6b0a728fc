package karuta.files;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * A moment in which one process alone reads and writes the words of a lock, where the operating system's locks do not keep
 * others from it: a file that is made only where there is none, which every network file system does as one step. It is
 * there for milliseconds; one that is there for longer was left by a process that was killed.
 */
final class Turn implements AutoCloseable {

    private static final String NAME = ".turn";
    private static final Silence LEFT = new Silence(Duration.ofSeconds(20));

    private final Path file;
    private final String mark;

    private Turn(Path file, String mark) {
        this.file = file;
        this.mark = mark;
    }

    /** Takes it, if nobody has it. */
    static Optional<Turn> take(Path lock) throws IOException {
        var file = lock.resolveSibling(lock.getFileName() + NAME);
        var mark = ProcessName.current() + " " + UUID.randomUUID();
        if (make(file, mark)) {
            LEFT.forget(file);
            return Optional.of(new Turn(file, mark));
        }
        clear(file);
        return Optional.empty();
    }

    private static boolean make(Path file, String mark) throws IOException {
        var draft = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.writeString(draft, mark); // so that it is never there without its mark
            Files.createLink(file, draft);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        } catch (UnsupportedOperationException noLinks) {
            return makeInPlace(file, mark);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    private static boolean makeInPlace(Path file, String mark) throws IOException {
        try {
            Files.createFile(file);
            Files.writeString(file, mark);
            return true;
        } catch (FileAlreadyExistsException taken) {
            return false;
        }
    }

    private static void clear(Path file) throws IOException {
        try {
            var words = Files.readString(file);
            if (!isLeft(file, words)) {
                return;
            }
            var taken = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
            Files.move(file, taken, StandardCopyOption.ATOMIC_MOVE); // one of those who try has it
            if (!Files.readString(taken).equals(words)) {
                makeLink(file, taken); // somebody was faster, and this is the turn of yet another one
            }
            Files.delete(taken);
        } catch (NoSuchFileException gone) {
            LEFT.forget(file);
        }
    }

    private static boolean isLeft(Path file, String words) {
        var owner = words.substring(0, Math.max(0, words.lastIndexOf(' ')));
        return ProcessName.parse(owner).filter(ProcessName::gone).isPresent() || LEFT.of(file, words);
    }

    private static void makeLink(Path file, Path taken) throws IOException {
        try {
            Files.createLink(file, taken);
        } catch (FileAlreadyExistsException | UnsupportedOperationException lost) {
            return; // whose turn it was sees it when it ends
        }
    }

    /** Whether it has not been taken away in the meantime. */
    boolean isKept() {
        try {
            return Files.readString(file).equals(mark);
        } catch (IOException gone) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (isKept()) {
            Files.deleteIfExists(file);
        }
    }
}
