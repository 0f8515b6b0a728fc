package karuta.study.record;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;

/** Says in words why a file could not be used. */
final class Reason {

    private Reason() {}

    static String of(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied; check who owns the folder, or choose another one";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such file or folder";
        }
        var system = e instanceof FileSystemException f ? Optional.ofNullable(f.getReason()) : Optional.<String>empty();
        return system.or(() -> Optional.ofNullable(e.getMessage())).orElseGet(e::toString);
    }
}
