/** Gradient Episodic Memory and its average: steps that do not go against what stored examples ask for, over any learner. */
@NullMarked
package karuta.baseline.gem;

import org.jspecify.annotations.NullMarked;
