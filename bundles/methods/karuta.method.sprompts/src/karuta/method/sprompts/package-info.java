/**
 * S-Prompts: a prompt per task, trained alone, found by cluster centres of the task's image features. Play it by the learner {@code
 * prompt} with the pool and the selector {@code sprompts} and the fusion {@code concat}.
 */
@NullMarked
package karuta.method.sprompts;

import org.jspecify.annotations.NullMarked;
