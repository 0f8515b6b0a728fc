/**
 * Examines a user's data before any learning: is all of it there, is it what was published, can it be read, does it test on
 * what it trains on, and what are its answers?
 *
 * <p>{@link karuta.doctor.Data} is what can be examined, {@link karuta.doctor.Examination} does it, and
 * {@link karuta.doctor.DataReport} tells.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.doctor;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
