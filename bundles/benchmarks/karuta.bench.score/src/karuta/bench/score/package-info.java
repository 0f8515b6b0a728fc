/** Judges of answers, as CoIN and the VQA benchmarks judge. */
@NullMarked
package karuta.bench.score;

import org.jspecify.annotations.NullMarked;
