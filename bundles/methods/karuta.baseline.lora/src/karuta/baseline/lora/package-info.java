/** Sequential fine-tuning of one LoRA adapter: what continual learning must beat. */
@NullMarked
package karuta.baseline.lora;

import org.jspecify.annotations.NullMarked;
