package karuta.picture;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * JPEG. The JDK makes samples of the file; what they mean is decided here, as libjpeg-turbo does it for Pillow: the JDK
 * would follow colour profiles, and guess otherwise.
 */
final class JpegReader implements PictureReader {

    private static final int START_LENGTH = 2;
    /** A block of 64 pixels takes a bit at least. */
    private static final int RATIO = 8 * 64;

    @Override
    public Stored read(byte[] file) {
        var in = ByteBuffer.wrap(file).position(START_LENGTH);
        var header = JpegHeader.of(in);
        var size = header.size();
        Size.requirePlausible(size.pixels(), in.remaining(), RATIO);
        new JpegScans(header).check(in.duplicate());
        var decoded = JpegDecoder.decode(header.bare(in));
        refuse(decoded.warnings());
        var rgb = new JpegSamples(header, decoded.samples()).rgb();
        return Stored.opaque(size.width(), size.height(), rgb).noted(header.orientation());
    }

    /**
     * Pillow reads over small damage, and libjpeg-turbo would here make of it what it makes there. libjpeg 6b guesses
     * otherwise.
     */
    private static void refuse(List<String> warnings) {
        if (!JpegDecoder.smooths() && !warnings.isEmpty()) {
            throw new BadPicture("it is damaged (" + warnings.get(0) + ")");
        }
    }
}
