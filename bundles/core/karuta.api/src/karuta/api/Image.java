package karuta.api;

import java.util.Optional;

/** An image that is read when it is needed, so that a task of 100,000 images fits into memory. */
public interface Image {

    /** Names the content: equal fingerprints mean equal pixels, whatever the file is called. */
    default String fingerprint() {
        return pixels().fingerprint();
    }

    /** Where it is, as the data says it; empty if it lies nowhere. */
    default Optional<String> path() {
        return Optional.empty();
    }

    /**
     * Reads or renders the image.
     *
     * @throws KarutaException if it cannot be read
     */
    Pixels pixels();
}
