/** Learning without Forgetting: what a learner said to new data before it learned them is taught as well. */
@NullMarked
package karuta.baseline.lwf;

import org.jspecify.annotations.NullMarked;
