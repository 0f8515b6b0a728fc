/** Rehearsal of kept examples, over any learner. */
@NullMarked
package karuta.baseline.replay;

import org.jspecify.annotations.NullMarked;
