/**
 * Reads, checks, writes and describes study files: the YAML that people write, and {@link karuta.study.Study} in memory.
 *
 * <p>Every mistake in a file is a {@link karuta.yaml.Problem} with its place. The reader knows the format but no
 * strategy; whoever knows the strategies checks their options afterwards and reports into the same {@link
 * karuta.study.file.StudyProblems}.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.study.file;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
