/**
 * How far a frozen encoder tells tasks apart before anything is learned, from each other and from the cards of a pool, and what
 * follows from it.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.doctor.advice;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
