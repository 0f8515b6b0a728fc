/** Runs that are kept, against each other: run again, in what they differ, and where they part. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.replay;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
