/**
 * SEFE: against superficial forgetting, training answers in several styles (ASD, a wrapper over a benchmark); against essential
 * forgetting, key elements of earlier adapters that later ones are kept away from (RegLoRA, a learner).
 */
@NullMarked
package karuta.method.sefe;

import org.jspecify.annotations.NullMarked;
