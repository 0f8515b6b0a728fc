/** Chooses cards by the image alone. */
@NullMarked
package karuta.selector.image;

import org.jspecify.annotations.NullMarked;
