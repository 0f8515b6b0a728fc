/** Models of published shapes with random weights, for measurements. */
@NullMarked
package karuta.lmm.random;

import org.jspecify.annotations.NullMarked;
