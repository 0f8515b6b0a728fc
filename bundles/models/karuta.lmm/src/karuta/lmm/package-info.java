/** The backbone {@code llava} and the guidance encoder {@code clip}: models in local Hugging Face folders. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.lmm;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
