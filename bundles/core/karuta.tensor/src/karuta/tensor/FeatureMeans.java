package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import karuta.api.StageData;
import karuta.api.StrategyContext;

/** The means of a stage's guidance features, as keys of its cards (HiDe-LLaVA, S-Prompts with one centre). */
public final class FeatureMeans {

    private FeatureMeans() {}

    /**
     * The mean of every feature over the examples that have it, example by example, so that it takes no memory.
     *
     * @return by the feature's name, {@code [1, its width]}, for as long as the run
     */
    public static Map<String, NDArray> of(StageData data, StrategyContext context) {
        var sums = new LinkedHashMap<String, NDArray>();
        var counts = new HashMap<String, Integer>();
        for (var i = 0; i < data.size(); i++) {
            var guidance = data.batch(i, i + 1).inputs().get(0).guidance();
            guidance.features().forEach((name, feature) -> {
                sums.merge(name, feature, NDArray::add);
                counts.merge(name, 1, Integer::sum);
            });
        }
        var means = new LinkedHashMap<String, NDArray>();
        sums.forEach((name, sum) -> means.put(
                name, context.keep(Ops.scale(sum, 1.0 / counts.get(name)).expandDims(0))));
        return means;
    }
}
