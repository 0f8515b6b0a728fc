/**
 * CODA-Prompt: prompts that are sums of components, weighted by an attention to the query. Play it by the learner {@code prompt} with
 * the pool and the selector {@code coda} and the fusion {@code sum}.
 */
@NullMarked
package karuta.method.coda;

import org.jspecify.annotations.NullMarked;
