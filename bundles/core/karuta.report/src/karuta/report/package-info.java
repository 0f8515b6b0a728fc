/**
 * Tables out of run records. Every number goes with the id of its definition, and arms that saw the true task are marked
 * in every table.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.report;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
