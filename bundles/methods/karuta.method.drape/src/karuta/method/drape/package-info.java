/**
 * DRAPE: prompts that are generated of each query. A pool keeps a generator per task, found by the task's mean features; a
 * fusion makes soft tokens of the query with the chosen generator, and trains the projector that all tasks share. There is
 * no public code: built from the paper's equations, and what they leave open is marked "ours".
 */
@NullMarked
package karuta.method.drape;

import org.jspecify.annotations.NullMarked;
