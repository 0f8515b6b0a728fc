/** Result trees, as codes of the field leave them: a file of predictions for each task and stage. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.scoring.tree;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
