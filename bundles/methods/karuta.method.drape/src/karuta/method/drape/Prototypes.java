package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Guidance;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/** The mean features of a task. Ours: of features of length 1, so that no example counts for more than another. */
final class Prototypes {

    private Prototypes() {}

    /** @return image and text, {@code [1, width]}; without a modality that no example has */
    static Map<String, NDArray> of(StageData data, StrategyContext context) {
        var means = new LinkedHashMap<String, NDArray>();
        try (var scope = Scope.open()) {
            var guidance = IntStream.range(0, data.size())
                    .mapToObj(i -> data.batch(i, i + 1).inputs().get(0).guidance())
                    .toList();
            for (var name : List.of(Guidance.IMAGE, Guidance.TEXT)) {
                var features = new NDList(new ArrayList<NDArray>());
                guidance.forEach(sample -> sample.feature(name).ifPresent(features::add));
                if (!features.isEmpty()) {
                    NDArray mean = Ops.unit(NDArrays.stack(features)).mean(new int[] {0}, true);
                    means.put(name, context.keep(mean));
                }
            }
        }
        return means;
    }
}
