/** Chooses cards by image and instruction together: ModalPrompt's selector. */
@NullMarked
package karuta.selector.dual;

import org.jspecify.annotations.NullMarked;
