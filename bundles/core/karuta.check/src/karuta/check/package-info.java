/**
 * Holds strategies to the contract of their kind: every rule of it is a {@link karuta.check.Property}, which is checked by running the
 * strategy on toys, and on the small model where there is one. {@code karuta check} and the JUnit tests of a strategy run the
 * same properties.
 *
 * <p>{@link karuta.check.Checks} begins; {@link karuta.check.Report} tells.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.check;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
