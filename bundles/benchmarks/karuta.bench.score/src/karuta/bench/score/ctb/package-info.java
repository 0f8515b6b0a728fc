/** The rules of MLLM-CTBench. */
@NullMarked
package karuta.bench.score.ctb;

import org.jspecify.annotations.NullMarked;
