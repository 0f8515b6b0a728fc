package karuta.engine.loop;

import java.util.List;
import java.util.Optional;
import karuta.api.Batch;
import karuta.api.Input;
import karuta.engine.frozen.FrozenParts;

/**
 * Turns samples into what a learner may see of them.
 *
 * @param frozen backbone and encoder
 * @param analysis whether the learner may see the true task
 */
record Eyes(FrozenParts frozen, boolean analysis) {

    Input see(Example example) {
        return frozen.see(example.sample().query(), analysis ? Optional.of(example.task()) : Optional.empty());
    }

    Batch batch(List<Example> examples) {
        return new Batch(
                examples.stream().map(this::see).toList(),
                examples.stream().map(example -> example.sample().answer()).toList());
    }
}
