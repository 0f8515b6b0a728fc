/** CVIT's rates of followed instructions. */
@NullMarked
package karuta.bench.score.cvit;

import org.jspecify.annotations.NullMarked;
