/** The frozen model as it is: the lower bound. */
@NullMarked
package karuta.baseline.zeroshot;

import org.jspecify.annotations.NullMarked;
