/** Merging what stages learned, when one ends, over any learner: averages, task arithmetic, MagMax, TIES. */
@NullMarked
package karuta.baseline.merge;

import org.jspecify.annotations.NullMarked;
