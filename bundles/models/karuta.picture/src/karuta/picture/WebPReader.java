package karuta.picture;

import java.util.Optional;

/**
 * WebP (RFC 9649), of an animation the first frame on its canvas, which is transparent black where the frame is not. What
 * is compressed is left to libwebp; what holds it is looked at here, before.
 */
final class WebPReader implements PictureReader {

    @Override
    public Stored read(byte[] file) {
        var container = WebPContainer.of(file);
        var canvas = container.canvas();
        var frame = container.frame();
        var argb = WebPDecoder.decode(frame.file(), frame.stream().size());
        var rgb = new byte[canvas.pixels() * 3];
        var alpha = new byte[canvas.pixels()];
        var width = frame.stream().size().width();
        for (var i = 0; i < argb.length; i++) {
            var pixel = (frame.top() + i / width) * canvas.width() + frame.left() + i % width;
            rgb[3 * pixel] = (byte) (argb[i] >> 16);
            rgb[3 * pixel + 1] = (byte) (argb[i] >> 8);
            rgb[3 * pixel + 2] = (byte) argb[i];
            alpha[pixel] = (byte) (argb[i] >> 24);
        }
        var seen = container.alpha() ? Optional.of(alpha) : Optional.<byte[]>empty();
        return Stored.of(canvas.width(), canvas.height(), rgb, seen).noted(container.orientation());
    }
}
