/** How far a study is, read from the files of its runs while they go on. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.report.watch;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
