package karuta.engine.loop;

import java.util.List;
import java.util.Optional;
import karuta.api.Batch;
import karuta.api.Input;
import karuta.engine.features.FrozenModels;

/**
 * Turns samples into what a learner may see of them.
 *
 * @param frozen backbone and encoder
 * @param analysis whether the learner may see the true task
 */
record InputEncoder(FrozenModels frozen, boolean analysis) {

    Input encode(TaskSample example) {
        return frozen.encode(example.sample().query(), analysis ? example.task() : Optional.empty());
    }

    Batch batch(List<TaskSample> examples) {
        return new Batch(
                examples.stream().map(this::encode).toList(),
                examples.stream().map(example -> example.sample().answer()).toList());
    }
}
