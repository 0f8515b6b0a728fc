/** Picture files, decoded into the same bytes as Pillow makes of them. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.picture;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
