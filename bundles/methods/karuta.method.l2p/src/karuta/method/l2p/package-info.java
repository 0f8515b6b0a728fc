/**
 * L2P: a pool of prompts that all tasks share and train, chosen by keys that are trained with them. Play it by the learner {@code
 * prompt} with the pool and the selector {@code l2p} and the fusion {@code concat}.
 */
@NullMarked
package karuta.method.l2p;

import org.jspecify.annotations.NullMarked;
