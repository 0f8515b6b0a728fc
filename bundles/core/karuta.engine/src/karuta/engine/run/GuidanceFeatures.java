package karuta.engine.run;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Task;
import karuta.engine.features.FrozenModels;
import karuta.metrics.separability.TaskFeatures;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;

/** What the frozen encoder makes of a task's samples. */
final class GuidanceFeatures {

    /** So many training samples of a task make its prototype and are looked for neighbours, evenly spread. */
    static final int TRAIN = 500;

    /** So many test samples of a task are told apart, evenly spread. */
    static final int TEST = 200;

    /** Is told how far it is, and may end it. */
    interface Watch {

        void at(String task, int number, int count);
    }

    private GuidanceFeatures() {}

    static TaskFeatures of(FrozenModels frozen, Task task, Watch watch) {
        return new TaskFeatures(
                task.name(),
                of(frozen, task.name(), task.train(), TRAIN, watch),
                of(frozen, task.name(), task.test(), TEST, watch));
    }

    private static List<Map<String, float[]>> of(
            FrozenModels frozen, String task, List<Sample> samples, int most, Watch watch) {
        var count = Math.min(samples.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i -> {
                    watch.at(task, i + 1, count);
                    return of(
                            frozen,
                            samples.get((int) ((long) i * samples.size() / count))
                                    .query());
                })
                .toList();
    }

    /** By name; those of a modality that the query has not are missing. */
    static Map<String, float[]> of(FrozenModels frozen, Query query) {
        try (var scope = Scope.open()) {
            return Autograd.noGrad(() -> {
                var features = new HashMap<String, float[]>();
                frozen.guidance(query)
                        .features()
                        .forEach((name, feature) -> features.put(name, feature.toFloatArray()));
                return features;
            });
        }
    }
}
