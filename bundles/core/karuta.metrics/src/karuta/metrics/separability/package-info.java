/**
 * Whether tasks can be told apart before anything is learned. A selector that is right on tasks which their frozen features tell
 * apart has not shown much.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.metrics.separability;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
