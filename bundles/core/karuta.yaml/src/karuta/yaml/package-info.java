/**
 * What all readers of YAML that people write have in common: bounds, values with their places, all mistakes at once, and
 * what was probably meant. Knows nothing of what a file says.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.yaml;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
