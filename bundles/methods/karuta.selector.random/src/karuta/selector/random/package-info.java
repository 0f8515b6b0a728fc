/** The null of the selector: chooses blindly. */
@NullMarked
package karuta.selector.random;

import org.jspecify.annotations.NullMarked;
