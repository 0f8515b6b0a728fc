/** Uses one card alone: selection without fusion. */
@NullMarked
package karuta.fusion.best;

import org.jspecify.annotations.NullMarked;
