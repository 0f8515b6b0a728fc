package karuta.report.html;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;

/** Small images for a page, each once, and not more bytes than the page may have. */
final class Thumbnails {

    private static final int SIDE = 144;

    private final Images images;
    private final long most;
    private final List<String> kept = new ArrayList<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private long bytes;
    private int leftOut;

    /** @param most bytes that all of them may take in the page */
    Thumbnails(Images images, long most) {
        this.images = images;
        this.most = most;
    }

    /** The number of a sample's image in {@link #all()}; -1 if it has none or there is no room for it. */
    int of(String task, String sample) {
        if (most <= 0) {
            return -1;
        }
        return images.of(task, sample).flatMap(Thumbnails::uri).map(this::keep).orElse(-1);
    }

    private int keep(String uri) {
        var known = numbers.get(uri);
        if (known != null) {
            return known;
        }
        if (bytes + uri.length() > most) {
            leftOut++;
            return -1;
        }
        bytes += uri.length();
        kept.add(uri);
        numbers.put(uri, kept.size() - 1);
        return kept.size() - 1;
    }

    /** As data URIs. */
    List<String> all() {
        return kept;
    }

    /** How many had no room. */
    int leftOut() {
        return leftOut;
    }

    /** The smaller of JPEG, which photographs want, and PNG, which drawings want. */
    private static Optional<String> uri(BufferedImage image) {
        var small = shrink(image);
        try {
            var png = bytes(small, "png");
            var jpeg = bytes(small, "jpeg");
            return Optional.of(png.length <= jpeg.length ? uri("png", png) : uri("jpeg", jpeg));
        } catch (IOException unable) {
            return Optional.empty();
        }
    }

    private static String uri(String format, byte[] bytes) {
        return "data:image/" + format + ";base64," + Base64.getEncoder().encodeToString(bytes);
    }

    private static byte[] bytes(BufferedImage image, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("this Java cannot write " + format);
        }
        return out.toByteArray();
    }

    /** Halved until one more step fits: a single large step would leave out most pixels. */
    private static BufferedImage shrink(BufferedImage image) {
        var now = image;
        while (Math.max(now.getWidth(), now.getHeight()) > SIDE) {
            var scale = Math.max(0.5, (double) SIDE / Math.max(now.getWidth(), now.getHeight()));
            var wide = Math.max(1, (int) Math.round(scale * now.getWidth()));
            var high = Math.max(1, (int) Math.round(scale * now.getHeight()));
            var next = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
            var canvas = next.createGraphics();
            canvas.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
            canvas.drawImage(now, 0, 0, wide, high, null);
            canvas.dispose();
            now = next;
        }
        return now;
    }
}
