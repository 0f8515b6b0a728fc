/** Scores as tables for people, spreadsheets and programs. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.scoring.table;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
