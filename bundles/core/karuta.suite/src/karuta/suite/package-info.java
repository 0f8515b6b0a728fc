/**
 * The field's suites of tasks: manifests that describe them, and readers of what users have on their disks. A manifest is data,
 * a YAML file; those of the known suites ship.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.suite;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
