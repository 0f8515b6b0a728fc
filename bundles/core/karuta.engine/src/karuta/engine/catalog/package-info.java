/** Which strategies there are, which options they have, and how a fresh instance of one is made. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.engine.catalog;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
