/** Samples with inserts of their own, put together so that the decoder can take them in one pass. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm.batch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
