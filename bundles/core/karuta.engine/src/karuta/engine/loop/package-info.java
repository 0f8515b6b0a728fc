/** The continual loop: learns one stage after the other and scores all tasks after each. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.engine.loop;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
