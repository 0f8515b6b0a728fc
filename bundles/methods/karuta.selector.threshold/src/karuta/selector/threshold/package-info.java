/** Chooses every card that is like enough. */
@NullMarked
package karuta.selector.threshold;

import org.jspecify.annotations.NullMarked;
