/** From a study to the runs that it asks for, checked before anything starts. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.engine.plan;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
