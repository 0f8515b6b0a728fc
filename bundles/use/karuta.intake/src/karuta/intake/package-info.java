/**
 * Makes tasks of data as people have it: tables, a folder per class, the files of LLaVA, COCO and ms-swift. What comes out is a
 * folder per task, as the benchmark {@code folder} reads it; what is left out is told with its reason.
 *
 * <p>{@link karuta.intake.Intake} does it, {@link karuta.intake.IntakeReport} tells.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.intake;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
