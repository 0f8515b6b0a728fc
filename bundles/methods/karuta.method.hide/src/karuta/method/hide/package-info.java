/**
 * HiDe-LLaVA: an adapter per task in every layer; at inference those of the top layer are mixed by how like the sample each task
 * is, those below are fused for good. A pool, a selector and a fusion under the learner {@code prompt}.
 */
@NullMarked
package karuta.method.hide;

import org.jspecify.annotations.NullMarked;
