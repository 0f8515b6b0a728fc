/**
 * What a service knows of itself: which cards are taken, how like they are to what is asked, compared with their validation,
 * and how long answers take. It keeps counts and scores, never a question or an answer, and in bounded memory: months are days,
 * and only the last hours are minutes.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.serve.monitor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
