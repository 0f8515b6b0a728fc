/** ModalPrompt's pool: a soft prompt per stage, and the prototype that it is found by. */
@NullMarked
package karuta.pool.prototype;

import org.jspecify.annotations.NullMarked;
