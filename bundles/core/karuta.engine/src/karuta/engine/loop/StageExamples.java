package karuta.engine.loop;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Supplier;
import karuta.api.Batch;
import karuta.api.Parameter;
import karuta.api.StageData;
import karuta.tensor.Autograd;

/**
 * The examples of a stage, for a learner that closes it.
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

    @Override
    public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
        var values = of.stream().map(Parameter::value).toList();
        var frozen = values.stream().filter(value -> !value.hasGradient()).toList();
        frozen.forEach(value -> value.setRequiresGradient(true));
        try {
            return Autograd.gradients(loss, values);
        } finally {
            frozen.forEach(value -> value.setRequiresGradient(false));
        }
    }
}
