package karuta.doctor;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import karuta.files.Sha256;

/** The first 64 bits of SHA-256. */
final class Hash {

    private Hash() {}

    static long of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    static long of(byte[] bytes) {
        return ByteBuffer.wrap(new Sha256().add(bytes).bytes()).getLong();
    }

    /** Of a path, however it is written. */
    static long of(Path path) {
        return of(path.toAbsolutePath().normalize().toString());
    }
}
