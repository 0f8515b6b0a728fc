/**
 * Images as models take them: resized to the same bytes as by Pillow, cropped and normalised like by the image
 * processors of Transformers.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.image;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
