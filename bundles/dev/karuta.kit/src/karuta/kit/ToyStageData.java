package karuta.kit;

import java.util.List;
import karuta.api.Batch;
import karuta.api.Sample;
import karuta.api.StageData;
import karuta.api.StrategyContext;

/**
 * The examples of a stage, as a learner or a pool gets them when it begins and ends.
 *
 * @param context the run
 * @param samples what is learned
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
}
