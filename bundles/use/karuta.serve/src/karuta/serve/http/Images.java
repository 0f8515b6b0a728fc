package karuta.serve.http;

import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.picture.ImageFiles;

/**
 * Decodes images that come as data URLs (RFC 2397, base64). Nothing is fetched from anywhere: a service that follows addresses that
 * strangers name reaches what only it can reach.
 */
public final class Images {

    private static final Pattern DATA =
            Pattern.compile("data:(?:image/[\\w.+-]+)?(?:;[\\w.+-]+=[^;,]*)*;base64,", Pattern.CASE_INSENSITIVE);

    private static final int LONGEST_HEAD = 200;

    private static final int MOST = 16;

    /** Bytes of a pixel while it is decoded and after. */
    private static final int PER_PIXEL = 3;

    private final long pixels;

    /** Decoding takes memory that nobody counts: so many at a time as there are processors. */
    private final Semaphore decoders = new Semaphore(Runtime.getRuntime().availableProcessors());

    /** @param pixels that an image may have */
    public Images(long pixels) {
        this.pixels = pixels;
    }

    /**
     * Decodes some.
     *
     * @param urls of all images of a question
     * @throws Problem if one is none, or too large
     */
    List<Image> read(List<String> urls, Memory.Share memory) {
        if (urls.size() > MOST) {
            throw Problem.invalid("too_many_images", "A question may have up to " + MOST + " images.");
        }
        return urls.stream().map(url -> read(url, memory)).toList();
    }

    private Image read(String url, Memory.Share memory) {
        var content = content(url);
        try {
            decoders.acquire();
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            throw Problem.busy("The service is about to end.");
        }
        try {
            var read = ImageFiles.STORED.read(content, pixels);
            memory.take((long) PER_PIXEL * read.width() * read.height());
            return new SentImage(read);
        } catch (KarutaException unfit) {
            throw Problem.invalid("invalid_image", String.valueOf(unfit.getMessage()));
        } finally {
            decoders.release();
        }
    }

    private static byte[] content(String url) {
        var comma = url.indexOf(',') + 1; // what stands before it is not long, and is read by backtracking
        if (comma == 0
                || comma > LONGEST_HEAD
                || !DATA.matcher(url.substring(0, comma)).matches()) {
            throw Problem.invalid(
                    "invalid_image_url",
                    "An image comes as a data URL: data:image/png;base64,... Addresses are not followed.");
        }
        try {
            return Base64.getDecoder().decode(url.substring(comma));
        } catch (IllegalArgumentException broken) {
            throw Problem.invalid("invalid_image", "The base64 of an image is broken.");
        }
    }
}
