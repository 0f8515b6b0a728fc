/** Why something was forgotten, and which cards are used at all. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.metrics.forgetting;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
