package karuta.engine.run;

import java.util.Optional;
import karuta.api.Image;
import karuta.api.Pixels;

/** A picture that remembers its fingerprint: it is asked for in every step, and some pictures read or paint for it. */
final class NamedPicture implements Image {

    private final Image picture;
    private volatile Optional<String> fingerprint = Optional.empty();

    NamedPicture(Image picture) {
        this.picture = picture;
    }

    @Override
    public String fingerprint() {
        if (fingerprint.isEmpty()) {
            fingerprint = Optional.of(picture.fingerprint());
        }
        return fingerprint.get();
    }

    @Override
    public Optional<String> path() {
        return picture.path();
    }

    @Override
    public Pixels pixels() {
        return picture.pixels();
    }
}
