/**
 * What is computed from the scores of a run: plain Java, no tensors.
 *
 * <p>Papers and code use one name for different things ("BWT", "forgetting", "average accuracy"), so a number here always
 * goes with the id of its {@link karuta.metrics.Metric definition}.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.metrics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
