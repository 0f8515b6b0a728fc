package karuta.api;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The guidance features of one sample, not normalised, by name; each name has a width of its own ({@link
 * GuidanceEncoder#sizes}). A modality may be absent.
 *
 * @param features each {@code [its width]}
 */
public record Guidance(Map<String, NDArray> features) {

    /** The feature of the images, {@code u}. */
    public static final String IMAGE = "image";

    /** The feature of the instruction, {@code v}. */
    public static final String TEXT = "text";

    /** Copies the map. */
    public Guidance {
        features = Map.copyOf(features);
    }

    /** The guidance of a sample that has the two usual features, or one of them. */
    public Guidance(Optional<NDArray> image, Optional<NDArray> text) {
        this(named(image, text));
    }

    private static Map<String, NDArray> named(Optional<NDArray> image, Optional<NDArray> text) {
        var features = new LinkedHashMap<String, NDArray>();
        image.ifPresent(feature -> features.put(IMAGE, feature));
        text.ifPresent(feature -> features.put(TEXT, feature));
        return features;
    }

    /** A feature by its name. */
    public Optional<NDArray> feature(String name) {
        return Optional.ofNullable(features.get(name));
    }

    /** {@code u}, {@code [c]}. */
    public Optional<NDArray> image() {
        return feature(IMAGE);
    }

    /** {@code v}, {@code [c]}. */
    public Optional<NDArray> text() {
        return feature(TEXT);
    }
}
