/** The same answers under many scoring rules: how far apart the numbers are, and whether the better method changes. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.compare;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
