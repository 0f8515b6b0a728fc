package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import karuta.picture.ImageFiles;
import org.junit.jupiter.api.Test;

/** Decoders are found in the container: the native library of WebP, and the JDK's reader of JPEG. */
class PictureIT {

    private static final Path PICTURES = Path.of("..", "..", "models", "karuta.picture", "test", "fixtures");

    @Test
    void webPIsReadAsByPillow() throws NoSuchAlgorithmException {
        requireEqual(
                "21 x 19 " + "5d802ca2ac118df8a245bf1b9636a363b00c6d8943b0e068ecfcb01d02c820a9",
                "webp-frames-alpha.webp");
    }

    @Test
    void inksInJpegAreReadAsByPillow() throws NoSuchAlgorithmException {
        requireEqual(
                "29 x 23 " + "b7e3d4a8c2eb404f29efa7c33054b97f3b583287cf8b37a2e4e6ac571da140e6",
                "jpeg-cmyk-smooth.jpg");
    }

    private static void requireEqual(String expected, String name) throws NoSuchAlgorithmException {
        var pixels = ImageFiles.STORED.read(PICTURES.resolve(name));
        var hash = MessageDigest.getInstance("SHA-256").digest(pixels.rgb());
        assertEquals(
                expected,
                pixels.width() + " x " + pixels.height() + " " + HexFormat.of().formatHex(hash));
    }
}
