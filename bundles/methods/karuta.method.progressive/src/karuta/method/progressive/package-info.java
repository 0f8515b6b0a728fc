/**
 * Progressive Prompts: a prompt per task, and all of them in front of every question. Play it by the learner {@code prompt} with the
 * pool and the selector {@code progressive} and the fusion {@code concat}.
 */
@NullMarked
package karuta.method.progressive;

import org.jspecify.annotations.NullMarked;
