package karuta.engine.loop;

import java.util.List;
import karuta.api.Batch;
import karuta.api.StageData;

/**
 * The examples of a stage, for a learner that begins or ends it.
 *
 * @param examples in the order of the data
 * @param inputs what the learner may see of them
 */
record StageExamples(List<TaskSample> examples, InputEncoder inputs) implements StageData {

    @Override
    public int size() {
        return examples.size();
    }

    @Override
    public Batch batch(int from, int to) {
        return inputs.batch(examples.subList(from, to));
    }
}
