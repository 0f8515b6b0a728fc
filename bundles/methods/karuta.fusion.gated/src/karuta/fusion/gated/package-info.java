/** Puts prompts one after the other, earlier ones as far as a learned gate lets them. */
@NullMarked
package karuta.fusion.gated;

import org.jspecify.annotations.NullMarked;
