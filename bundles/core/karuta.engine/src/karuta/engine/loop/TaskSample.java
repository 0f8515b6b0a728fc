package karuta.engine.loop;

import karuta.api.Sample;

/**
 * A sample with the task that it comes from, which only the engine knows.
 *
 * @param sample of the task
 * @param task its name
 */
record TaskSample(Sample sample, String task) {}
