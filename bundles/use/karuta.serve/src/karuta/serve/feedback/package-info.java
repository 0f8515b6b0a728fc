/**
 * What users say of answers becomes a folder to learn from. It is off unless the operator names a folder, and takes only what this
 * service itself has answered, as long as it remembers it.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.serve.feedback;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
