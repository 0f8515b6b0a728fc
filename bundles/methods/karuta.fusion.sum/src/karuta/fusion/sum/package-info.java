/** Sums the chosen cards by their weights. Exported for the tests of methods that are played with it. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.fusion.sum;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
