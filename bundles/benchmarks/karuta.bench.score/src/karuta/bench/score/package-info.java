/**
 * Scoring rules: Karuta's own, and those of the published scripts, faults included, each under an id of its own. The
 * subpackages hold them by family.
 */
@NullMarked
package karuta.bench.score;

import org.jspecify.annotations.NullMarked;
