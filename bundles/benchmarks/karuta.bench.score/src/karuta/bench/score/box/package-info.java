/** Rules of grounding: intersection over union of boxes. */
@NullMarked
package karuta.bench.score.box;

import org.jspecify.annotations.NullMarked;
