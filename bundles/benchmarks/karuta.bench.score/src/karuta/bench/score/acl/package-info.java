/** The rules of MLLM-CL's abilities (ACL). */
@NullMarked
package karuta.bench.score.acl;

import org.jspecify.annotations.NullMarked;
