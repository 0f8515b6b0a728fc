package karuta.engine.run;

import java.util.Optional;
import karuta.api.Image;
import karuta.api.Pixels;

/** A picture that remembers its fingerprint: it is asked for in every step, and some pictures read or paint for it. */
final class NamedImage implements Image {

    private final Image image;
    private volatile Optional<String> fingerprint = Optional.empty();

    NamedImage(Image image) {
        this.image = image;
    }

    @Override
    public String fingerprint() {
        if (fingerprint.isEmpty()) {
            fingerprint = Optional.of(image.fingerprint());
        }
        return fingerprint.get();
    }

    @Override
    public Optional<String> path() {
        return image.path();
    }

    @Override
    public Pixels pixels() {
        return image.pixels();
    }
}
