/** Scores answers under several rules beside each other. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.scoring.rule;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
