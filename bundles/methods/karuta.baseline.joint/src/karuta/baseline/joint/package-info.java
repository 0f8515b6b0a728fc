/** All tasks at once, by any learner: the upper bound. */
@NullMarked
package karuta.baseline.joint;

import org.jspecify.annotations.NullMarked;
