/** What the official code of ModalPrompt (AuroraZengfh/ModalPrompt) saves, and how it becomes cards of a pool. */
@NullMarked
package karuta.lmm.modalprompt;

import org.jspecify.annotations.NullMarked;
