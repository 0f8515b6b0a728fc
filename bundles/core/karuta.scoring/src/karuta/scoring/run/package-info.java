/** Runs of Karuta's, scored again. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.scoring.run;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
