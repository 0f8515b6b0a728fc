/**
 * Samples in files, as LLaVA's family has them: JSON read element by element, images where the data says they are, tests
 * that were trained on. What whoever reads data sets shares.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.samples;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
