package karuta.bench.cards;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import karuta.api.Draws;
import karuta.api.Picture;
import karuta.api.Pixels;

/**
 * A picture that is painted whenever it is needed.
 *
 * @param scene what is in it
 * @param draws the chances of its rendering
 */
record RenderedPicture(Scene scene, Draws draws) implements Picture {

    @Override
    public Pixels pixels() {
        return Renderer.render(scene, draws);
    }

    /** SHA-256 of width, height and pixels. */
    @Override
    public String fingerprint() {
        var pixels = pixels();
        try {
            var hash = MessageDigest.getInstance("SHA-256");
            hash.update(ByteBuffer.allocate(8)
                    .putInt(pixels.width())
                    .putInt(pixels.height())
                    .array());
            return HexFormat.of().formatHex(hash.digest(pixels.rgb()));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible); // every Java platform has SHA-256
        }
    }
}
