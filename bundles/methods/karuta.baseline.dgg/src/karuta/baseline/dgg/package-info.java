/** Dynamic Gradient Guidance: now and then a step is drawn to where the last stage ended, over any learner. */
@NullMarked
package karuta.baseline.dgg;

import org.jspecify.annotations.NullMarked;
