/** Files of predictions, in whatever form the codes of the field leave them. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.scoring.file;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
