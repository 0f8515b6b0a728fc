/** Tables in text files, parted by commas, semicolons or tabs, read by Apache Commons CSV. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.csv;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
