/** Puts the chosen cards one after the other. */
@NullMarked
package karuta.fusion.concat;

import org.jspecify.annotations.NullMarked;
