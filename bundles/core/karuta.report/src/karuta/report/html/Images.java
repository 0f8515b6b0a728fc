package karuta.report.html;

import java.awt.image.BufferedImage;
import java.util.Optional;

/** Where the images of samples come from: records name them, but do not hold them. */
@FunctionalInterface
public interface Images {

    /** Nowhere. */
    Images NONE = (task, sample) -> Optional.empty();

    /** The first image of a test sample; empty if it has none or cannot be had. */
    Optional<BufferedImage> of(String task, String sample);
}
