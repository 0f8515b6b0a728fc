/**
 * The record of a run on disk: a folder per run, whose layout other programs may rely on.
 *
 * <p>Files are written whole or not at all. Texts are UTF-8, numbers are written without regard to the locale.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.study.record;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
