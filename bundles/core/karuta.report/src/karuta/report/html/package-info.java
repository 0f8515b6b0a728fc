/** A report as one page of HTML that needs no network. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.report.html;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
