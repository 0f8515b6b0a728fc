package karuta.kit;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.function.Supplier;
import karuta.api.Batch;
import karuta.api.Parameter;
import karuta.api.Sample;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.tensor.Autograd;

/**
 * The examples of a stage, as a learner or a pool gets them when it ends.
 *
 * @param context the run
 * @param samples what was learned
 */
public record ToyStageData(StrategyContext context, List<Sample> samples) implements StageData {

    /** Copies the list. */
    public ToyStageData {
        samples = List.copyOf(samples);
    }

    @Override
    public int size() {
        return samples.size();
    }

    @Override
    public Batch batch(int from, int to) {
        var part = samples.subList(from, to);
        return new Batch(
                part.stream().map(sample -> context.encode(sample.query())).toList(),
                part.stream().map(Sample::answer).toList());
    }

    @Override
    public List<NDArray> gradients(Supplier<NDArray> loss, List<Parameter> of) {
        var values = of.stream().map(Parameter::value).toList();
        values.forEach(value -> value.setRequiresGradient(true));
        try {
            return Autograd.gradients(loss, values);
        } finally {
            values.forEach(value -> value.setRequiresGradient(false));
        }
    }
}
