/**
 * DualPrompt: a general prompt for all tasks at some layers, an expert prompt per task at others. Play it by the learner {@code prompt}
 * with the pool and the selector {@code dualprompt} and the fusion {@code concat}.
 */
@NullMarked
package karuta.method.dualprompt;

import org.jspecify.annotations.NullMarked;
