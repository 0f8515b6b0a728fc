/** Rules by edit distance. */
@NullMarked
package karuta.bench.score.anls;

import org.jspecify.annotations.NullMarked;
