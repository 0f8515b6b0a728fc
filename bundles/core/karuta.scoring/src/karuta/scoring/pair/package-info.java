/** Which answer is to which sample, and what becomes of those that do not pair. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.scoring.pair;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
