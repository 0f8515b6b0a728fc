/**
 * DISCO: an adapter per task in every layer, all of them mixed by how like the instruction is to those of each task. A pool, a
 * selector and a fusion under the learner {@code prompt}.
 */
@NullMarked
package karuta.method.disco;

import org.jspecify.annotations.NullMarked;
