/** Figures of what runs have shown: drawn once as marks, then written as SVG or as pixels. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.report.draw;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
