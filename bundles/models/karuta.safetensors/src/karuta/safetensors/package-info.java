/**
 * Reading and writing of safetensors files, and weights as a model asks for them.
 *
 * <p>The format: 8 bytes little-endian header length, a JSON object that describes each tensor, and the tensors' bytes
 * without holes or overlaps. The reader is stricter than the format's own one: it also refuses what only hostile or
 * broken files contain (duplicate names, more than 8 dimensions, headers of more than 32 MiB).
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.safetensors;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
