/** Elastic Weight Consolidation, with a term per task or one for all, over any learner. */
@NullMarked
package karuta.baseline.ewc;

import org.jspecify.annotations.NullMarked;
