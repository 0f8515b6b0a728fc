/**
 * The learner that plays a pool, a selector and a fusion against a frozen backbone; ModalPrompt is one setting of it.
 */
@NullMarked
package karuta.prompt;

import org.jspecify.annotations.NullMarked;
