/** Rules of multiple choice. */
@NullMarked
package karuta.bench.score.choice;

import org.jspecify.annotations.NullMarked;
