/** Chooses as many cards as make up a share of the likeness. */
@NullMarked
package karuta.selector.mass;

import org.jspecify.annotations.NullMarked;
