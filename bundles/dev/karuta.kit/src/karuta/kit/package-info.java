/**
 * What the author of a strategy tests it with: a toy backbone, encoder and setting that compute for real, within
 * milliseconds, and a training loop as the engine has it.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.kit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
