/** Rules by which one text must contain the other. */
@NullMarked
package karuta.bench.score.contain;

import org.jspecify.annotations.NullMarked;
