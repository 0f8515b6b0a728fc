/**
 * What figures of several runs say: intervals and tests. Distributions and tests are those of Apache Commons Statistics;
 * what it lacks is written here and checked against SciPy (releng/statistics).
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.metrics.statistics;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
