/** Carries out a study: wires its runs, runs them, keeps their records. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.engine.run;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
