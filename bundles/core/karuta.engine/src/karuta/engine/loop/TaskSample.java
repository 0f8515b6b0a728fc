package karuta.engine.loop;

import java.util.Optional;
import karuta.api.Sample;

/**
 * A sample with the task that it comes from, which only the engine knows.
 *
 * @param sample of the task
 * @param task its name; empty for a sample that a learner has stored
 */
record TaskSample(Sample sample, Optional<String> task) {

    TaskSample(Sample sample, String task) {
        this(sample, Optional.of(task));
    }

    TaskSample(Sample sample) {
        this(sample, Optional.empty());
    }
}
