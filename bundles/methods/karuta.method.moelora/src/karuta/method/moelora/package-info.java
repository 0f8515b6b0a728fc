/** MoELoRA: adapters in every layer that each token weighs by a router, trained on one task after the other. */
@NullMarked
package karuta.method.moelora;

import org.jspecify.annotations.NullMarked;
