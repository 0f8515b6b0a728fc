package karuta.engine.run;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Stage;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.loop.Bookmark;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.StageListener;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.tensor.Scope;
import karuta.tensor.TorchEngine;

/**
 * Models, loaded once, with which arms learn one more task each. A lesson is the last stage of a run whose earlier stages are done:
 * without early stopping it leaves the bits that such a run leaves. One thread at a time.
 */
public final class Lessons implements AutoCloseable {

    private final Strategies strategies;
    private final Closer closer;
    private final FrozenModels frozen;

    private Lessons(Strategies strategies, Closer closer, FrozenModels frozen) {
        this.strategies = strategies;
        this.closer = closer;
        this.frozen = frozen;
    }

    /**
     * Loads backbone and encoder.
     *
     * @param cache folder where features are kept
     * @throws KarutaException if they cannot be loaded
     */
    public static Lessons open(Strategies strategies, StudyPlan.Shared shared, Path cache) {
        TorchEngine.start();
        var closer = new Closer();
        return closer.fill(
                () -> new Lessons(strategies, closer, StudyResources.frozen(strategies, shared, closer, cache)));
    }

    /** Says which weights answer; see {@code Backbone}. */
    public String backbone() {
        return frozen.backbone().spec().fingerprint();
    }

    /** Says which weights choose. */
    public String encoder() {
        return frozen.encoder().fingerprint();
    }

    /** The features of a query by name, not normalised; those of a modality that it has not are missing. */
    public Map<String, float[]> features(Query query) {
        return GuidanceFeatures.of(frozen, query);
    }

    /**
     * Asks an arm all tasks, lets it learn the last one, and asks again.
     *
     * @param plan the arm, its seed and training; its tasks do not matter
     * @param results gets the evaluation before with what the arm has kept, then the one after
     * @param progress is told, and may end it
     * @throws KarutaException if the states do not fit, or the arm does not learn tasks one by one
     */
    public void learn(RunPlan plan, Lesson lesson, StageListener results, RunListener progress) {
        take(plan, lesson, false, frozen, results, progress);
        frozen.flush();
    }

    /**
     * Looks at all that a lesson reads, as a study's runner does before a run, and rehearses it with a sample of each task: what
     * cannot be learned, or cannot be asked with the new prompts in front, is refused before it takes long.
     *
     * @param whole all samples of the task that is learned
     * @param origin says where samples come from, in messages
     * @param rehearsed gets what comes out of the rehearsal, as {@link #learn} tells it
     * @param watch is told what the user must know of the task
     * @throws KarutaException with all that cannot be used
     */
    public void check(
            RunPlan plan,
            Lesson lesson,
            Task whole,
            Origin origin,
            StageListener rehearsed,
            StudyListener watch,
            CancellationToken stop) {
        var told = new Inspection(false, StudyRunner.TOLD, watch, stop);
        var fresh = told.of(resources(origin, List.of(whole)));
        var known = new Inspection(false, StudyRunner.TOLD, StudyListener.NOBODY, stop); // told when they were learned
        var earlier = known.of(resources(origin, lesson.earlier()));
        var inserted = new MostInserted();
        var counting = new ObservedBackbone(frozen.backbone(), inserted);
        rehearse(plan, lesson, frozen.through(counting), rehearsed, stop);
        var arm = plan.arm().arm().getName();
        told.withPrompts(fresh, arm, inserted.most());
        known.withPrompts(earlier, arm, inserted.most());
    }

    private StudyResources resources(Origin origin, List<Task> tasks) {
        return StudyResources.of(strategies, frozen, origin, tasks);
    }

    /**
     * Rehearses a lesson with a sample of each task and a step for each phase.
     *
     * @param rehearsed gets what comes out of it, as {@link #learn} tells it
     * @throws KarutaException as {@link #learn}
     */
    public void rehearse(RunPlan plan, Lesson lesson, StageListener rehearsed, CancellationToken stop) {
        rehearse(plan, lesson, frozen, rehearsed, stop);
    }

    private void rehearse(
            RunPlan plan, Lesson lesson, FrozenModels models, StageListener rehearsed, CancellationToken stop) {
        var progress = new RunListener() {
            @Override
            public void proceed() {
                stop.check();
            }
        };
        take(plan, lesson.small(), true, models, rehearsed, progress);
    }

    private void take(
            RunPlan plan,
            Lesson lesson,
            boolean rehearsal,
            FrozenModels models,
            StageListener results,
            RunListener progress) {
        var tasks = lesson.tasks();
        var all = Stream.concat(tasks.stream(), lesson.watched().stream()).toList();
        try (var run = WiredRun.of(strategies, plan, all, models)) {
            require(run, tasks);
            begin(run, plan, lesson);
            var how = WiredRun.how(plan, rehearsal, lesson.stopping());
            run.loop(tasks, lesson.watched(), how, results, progress, Bookmark.NONE)
                    .runAfter(lesson.earlier().size());
        }
    }

    private static void require(WiredRun run, List<Task> tasks) {
        var names = tasks.stream().map(Task::name).toList();
        var stages = ContinualLoop.stages(run.strategies().learner(), names);
        if (!stages.stream()
                .map(Stage::tasks)
                .toList()
                .equals(names.stream().map(List::of).toList())) {
            throw new KarutaException(
                    "The arm does not learn one task after the other.", "Take an arm that does, such as ModalPrompt.");
        }
    }

    private static void begin(WiredRun run, RunPlan plan, Lesson lesson) {
        try (var scope = Scope.open()) {
            var states = lesson.states().apply(run.environment().manager());
            if (states.isEmpty()) {
                run.begin(plan.arm());
            } else {
                run.strategies().load(states);
            }
        }
    }

    @Override
    public void close() {
        closer.close();
    }
}
