package karuta.engine.run;

import java.util.Optional;
import karuta.api.Picture;
import karuta.api.Pixels;

/** A picture that remembers its fingerprint: it is asked for in every step, and some pictures read or paint for it. */
final class NamedPicture implements Picture {

    private final Picture picture;
    private volatile Optional<String> fingerprint = Optional.empty();

    NamedPicture(Picture picture) {
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
