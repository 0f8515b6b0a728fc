/** Other ways to carry out a study than in this process. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.engine.launch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
