package karuta.picture;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import karuta.api.Pixels;

/** Pictures as the scripts in {@code releng/parity} write them down: size and SHA-256. */
final class Fingerprints {

    private Fingerprints() {}

    static String of(Pixels pixels) {
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(pixels.rgb());
            return pixels.width() + " x " + pixels.height() + " "
                    + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
