/**
 * The web page of a pool in service: files that lie beside these classes, in the colours of the report. It loads nothing from
 * elsewhere, has no script but its own files, and puts what it is told into the page as text only.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.serve.page;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
