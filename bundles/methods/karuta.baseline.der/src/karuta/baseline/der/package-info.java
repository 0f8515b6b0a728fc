/** Dark Experience Replay: rehearsal of kept examples and of what was said to them, over any learner. */
@NullMarked
package karuta.baseline.der;

import org.jspecify.annotations.NullMarked;
