/** Chooses cards by the instruction alone. */
@NullMarked
package karuta.selector.text;

import org.jspecify.annotations.NullMarked;
