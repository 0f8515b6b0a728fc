/** What the frozen parts make of pictures and instructions, computed once and kept. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.engine.features;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
