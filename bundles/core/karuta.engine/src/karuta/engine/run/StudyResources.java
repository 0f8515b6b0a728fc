package karuta.engine.run;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import karuta.api.Backbone;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Strategy;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.AnswerMemory;
import karuta.engine.features.FrozenModels;
import karuta.engine.plan.StrategyConfig;
import karuta.engine.plan.StudyPlan;
import karuta.engine.plan.WiredBenchmark;
import karuta.tensor.TorchEngine;

/**
 * What all runs of a study share, loaded once.
 *
 * @param frozen backbone and encoder
 * @param origin says where their samples come from
 * @param tasks by name
 * @param byReference ids of the scorers that judge an answer by one reference at a time
 * @param data names the content of the tasks
 * @param closer what is closed with them
 */
record StudyResources(
        FrozenModels frozen,
        Origin origin,
        Map<String, Task> tasks,
        Set<String> byReference,
        DataHash data,
        Closer closer)
        implements AutoCloseable {

    /**
     * Loads data, backbone and encoder.
     *
     * @param names of the tasks that are learned
     * @param watched names of those that are evaluated only: their training samples are left out
     * @param cache folder where features are kept
     * @throws KarutaException if something is missing or unusable
     */
    static StudyResources load(
            Strategies strategies, StudyPlan.Shared shared, List<String> names, List<String> watched, Path cache) {
        var closer = new Closer();
        return closer.fill(() -> {
            var benchmark = closer.add(WiredBenchmark.of(strategies, shared.benchmark()))
                    .benchmark();
            var tasks = new LinkedHashMap<String, Task>();
            names.forEach(name -> tasks.put(name, checked(benchmark.task(name))));
            watched.forEach(name -> tasks.put(name, untrained(checked(benchmark.task(name)))));
            var byReference = byReference(strategies, tasks.values());
            var frozen = frozen(strategies, shared, closer, cache);
            return new StudyResources(frozen, benchmark::source, tasks, byReference, new DataHash(), closer);
        });
    }

    /**
     * Of tasks that are read already, with models that are loaded already; both stay the caller's.
     *
     * @param origin says where the samples of the tasks come from
     */
    static StudyResources of(Strategies strategies, FrozenModels frozen, Origin origin, List<Task> tasks) {
        var byName = new LinkedHashMap<String, Task>();
        tasks.forEach(task -> byName.put(task.name(), task));
        return new StudyResources(frozen, origin, byName, byReference(strategies, tasks), new DataHash(), new Closer());
    }

    /**
     * Loads backbone and encoder alone.
     *
     * @param closer closes them
     */
    static FrozenModels frozen(Strategies strategies, StudyPlan.Shared shared, Closer closer, Path cache) {
        var alone = new SharedContext(closer.add(TorchEngine.manager(Device.cpu())));
        var backbone = (Backbone) start(strategies, shared.backbone(), alone, closer);
        var encoder = (GuidanceEncoder) start(strategies, shared.encoder(), alone, closer);
        var numerics =
                String.join("\n", Provenance.numerics(), identity(shared.backbone()), identity(shared.encoder()));
        return closer.add(new FrozenModels(backbone, encoder, numerics, cache));
    }

    /** @throws KarutaException if a scorer is not there */
    private static Set<String> byReference(Strategies strategies, Collection<Task> tasks) {
        try (var scorers = new Scorers(strategies, List.copyOf(tasks))) {
            return scorers.byReference();
        }
    }

    /** What it is and which code it has: features of another build are not taken for its own. */
    static String identity(StrategyConfig choice) {
        var source = choice.type().source();
        return choice.describe() + " " + source.hash() + " " + source.ground();
    }

    private static Strategy start(Strategies strategies, StrategyConfig choice, SharedContext alone, Closer closer) {
        var strategy =
                closer.add(strategies.create(choice.type(), choice.options())).strategy();
        strategy.start(alone);
        return strategy;
    }

    private static Task untrained(Task task) {
        return task.with(List.of(), task.test());
    }

    private static Task checked(Task task) {
        if (task.test().isEmpty()) {
            throw new KarutaException(
                    "The task \"" + task.name() + "\" has no test samples.", "Give it some, or leave the task out.");
        }
        var images = new IdentityHashMap<Image, Image>();
        return task.with(named(task.train(), images), named(task.test(), images));
    }

    /** Samples that share an image share what is remembered of it. */
    private static List<Sample> named(List<Sample> samples, Map<Image, Image> images) {
        return samples.stream()
                .map(sample -> {
                    var query = sample.query();
                    var same = query.images().stream()
                            .map(image -> images.computeIfAbsent(image, NamedImage::new))
                            .toList();
                    return sample.with(new Query(same, query.earlier(), query.instruction()));
                })
                .toList();
    }

    /** The same with other tasks of the same names; closed with these. */
    StudyResources with(Map<String, Task> others) {
        return new StudyResources(frozen, origin, others, byReference, new DataHash(), closer);
    }

    /** The same, and equal batches with equal inserts are answered once; closed with these. */
    StudyResources remembering() {
        return new StudyResources(frozen.remembering(new AnswerMemory()), origin, tasks, byReference, data, closer);
    }

    List<Task> tasks(List<String> names) {
        return names.stream().map(tasks::get).toList();
    }

    /** All queries, of training and test. */
    List<Query> queries() {
        return tasks.values().stream()
                .flatMap(task -> List.of(task.train(), task.test()).stream())
                .flatMap(List::stream)
                .map(Sample::query)
                .toList();
    }

    @Override
    public void close() {
        closer.close();
    }
}
