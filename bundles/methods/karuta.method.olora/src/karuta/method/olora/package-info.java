/** O-LoRA: an adapter per task, each in a subspace of its own. */
@NullMarked
package karuta.method.olora;

import org.jspecify.annotations.NullMarked;
