package karuta.files;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells whether it was for want of room that something could not be written: Java has no class of exceptions for that. */
public final class FullDisk {

    /** As the C library says ENOSPC, EDQUOT and EFBIG, and Windows ERROR_DISK_FULL. */
    private static final List<String> WORDS = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "File too large",
            "There is not enough space on the disk");

    private FullDisk() {}

    /** Whether a failure, or what has caused it, was that. */
    public static boolean isCauseOf(Throwable failure) {
        return Stream.iterate(Optional.of(failure), Optional::isPresent, each -> each.map(Throwable::getCause))
                .map(each -> String.valueOf(each.orElseThrow().getMessage()))
                .anyMatch(message -> WORDS.stream().anyMatch(message::contains));
    }

    /** What a message about a failure begins with: a sentence with a space after it, or nothing. */
    public static String words(Throwable failure) {
        return isCauseOf(failure) ? "The disk is full. " : "";
    }
}
