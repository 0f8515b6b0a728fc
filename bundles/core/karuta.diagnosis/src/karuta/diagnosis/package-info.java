/**
 * Says what is wrong with a jar of somebody's own, with cause and cure, in the terms of who wrote it. {@link
 * karuta.diagnosis.JarExam} reads a jar without running any of its code; {@link karuta.diagnosis.Requirement} and {@link
 * karuta.diagnosis.Thrown} put into words what a framework refuses and what foreign code throws.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.diagnosis;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
