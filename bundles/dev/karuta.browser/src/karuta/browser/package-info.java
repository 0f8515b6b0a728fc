/** A browser for the tests of pages: the report's, and that of a pool in service. It is no part of the product. */
@NullMarked
@Export
@Version("0.1.0")
package karuta.browser;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
