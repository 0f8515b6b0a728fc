/**
 * Checks tables of results, published ones above all, without the runs behind them: is there any matrix of scores from
 * which the printed numbers can have been rounded, and under which definitions?
 *
 * <p>{@link karuta.audit.Table} reads, {@link karuta.audit.Audit} checks, {@link karuta.audit.Findings} tells.
 */
@NullMarked
@Export
@Version("0.1.0")
package karuta.audit;

import org.jspecify.annotations.NullMarked;
import org.osgi.annotation.bundle.Export;
import org.osgi.annotation.versioning.Version;
