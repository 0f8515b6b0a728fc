/** KeepLoRA: adapters that learn only where neither the model nor earlier tasks have anything. */
@NullMarked
package karuta.method.keeplora;

import org.jspecify.annotations.NullMarked;
