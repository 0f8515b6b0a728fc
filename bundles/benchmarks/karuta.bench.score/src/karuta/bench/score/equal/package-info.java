/** Rules that compare whole texts. */
@NullMarked
package karuta.bench.score.equal;

import org.jspecify.annotations.NullMarked;
