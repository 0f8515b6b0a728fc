/** The rules of MLLM-CL's domains (DCL). */
@NullMarked
package karuta.bench.score.dcl;

import org.jspecify.annotations.NullMarked;
