/**
 * Examples of earlier tasks that a method keeps: which ones, what they weigh, and how they are saved. What replay, DER++, GEM
 * and A-GEM share.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.rehearsal;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
