package karuta.serve.http;

import java.util.Optional;
import karuta.api.Image;
import karuta.api.Pixels;

/** An image that came with a question, decoded. */
final class SentImage implements Image {

    private final Pixels pixels;
    private Optional<String> fingerprint = Optional.empty();

    SentImage(Pixels pixels) {
        this.pixels = pixels;
    }

    /** Remembered. */
    @Override
    public synchronized String fingerprint() {
        if (fingerprint.isEmpty()) {
            fingerprint = Optional.of(pixels.fingerprint());
        }
        return fingerprint.get();
    }

    @Override
    public Pixels pixels() {
        return pixels;
    }
}
