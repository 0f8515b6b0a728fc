package karuta.use.learn;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import karuta.api.Contracts;
import karuta.api.KarutaException;
import karuta.api.Stage;
import karuta.api.Task;
import karuta.archive.pool.Packing;
import karuta.archive.pool.Pinned;
import karuta.archive.pool.Policy;
import karuta.archive.pool.PoolFiles;
import karuta.archive.pool.PoolManifest;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.EarlyStopping;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.Tasks;
import karuta.engine.plan.Planner;
import karuta.engine.plan.RunPlan;
import karuta.engine.plan.StudyPlan;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.Lesson;
import karuta.engine.run.LessonProgress;
import karuta.engine.run.Lessons;
import karuta.engine.run.StudyListener;
import karuta.use.PinnedModels;
import karuta.use.PoolStudy;
import karuta.use.ask.OwnFeatures;

/** Lets the arm of a pool learn a task. Nothing is written: see {@link CardKeeper}. One thread at a time. */
public final class PoolTeacher implements AutoCloseable {

    private final Strategies strategies;
    private final TaskData data;
    private final Earlier earlier;
    private final PoolManifest manifest;
    private final Lessons lessons;

    private PoolTeacher(Strategies strategies, TaskData data, Earlier earlier, PoolManifest manifest, Lessons lessons) {
        this.strategies = strategies;
        this.data = data;
        this.earlier = earlier;
        this.manifest = manifest;
        this.lessons = lessons;
    }

    /**
     * For a pool that is there: reads its cards, finds what they are validated with, and loads its models.
     *
     * @param cache folder where features are kept
     * @param warn is told of another encoder, where the pool puts up with one
     * @throws KarutaException if a card cannot be opened, or the models are others than the pool's
     */
    public static PoolTeacher of(
            Strategies strategies, PoolFiles files, TaskData data, Path cache, Consumer<String> warn) {
        var manifest = files.manifest();
        var earlier = Earlier.of(files, data.card());
        var shared = plan(strategies, manifest.study(), List.of()).shared().orElseThrow();
        var lessons = Lessons.open(strategies, shared, cache);
        try {
            PinnedModels.check(manifest, lessons.backbone(), lessons.encoder(), warn);
            return new PoolTeacher(strategies, data, earlier, manifest, lessons);
        } catch (RuntimeException refused) {
            lessons.close();
            throw refused;
        }
    }

    /**
     * For a pool that is about to begin.
     *
     * @param study of one arm, as {@link PoolStudy} writes it
     * @throws karuta.study.file.StudyException if it has mistakes
     */
    public static PoolTeacher beginning(Strategies strategies, String study, TaskData data, Path cache) {
        var shared = plan(strategies, study, List.of()).shared().orElseThrow();
        var lessons = Lessons.open(strategies, shared, cache);
        var manifest = new PoolManifest(
                PoolManifest.FORM,
                Contracts.VERSION,
                new Pinned(shared.backbone().type().id(), lessons.backbone()),
                new Pinned(shared.encoder().type().id(), lessons.encoder()),
                Policy.REFUSE,
                study);
        return new PoolTeacher(strategies, data, Earlier.none(), manifest, lessons);
    }

    private static StudyPlan plan(Strategies strategies, String study, List<String> changes) {
        return Planner.plan(strategies, PoolStudy.read(study, changes));
    }

    /** What is learned. */
    public TaskData data() {
        return data;
    }

    /** The only run of the pool's study. */
    RunPlan plan(List<String> changes) {
        return plan(strategies, manifest.study(), changes).runs().get(0);
    }

    /** What the pool of an arm has as one of its options; empty if there is no such option. */
    static Optional<String> pool(RunPlan plan, String name) {
        return plan.arm().parts().stream()
                .filter(part -> part.type().kind() == Kind.POOL)
                .flatMap(part -> part.type().options().stream()
                        .filter(option -> option.name().equals(name))
                        .flatMap(option -> part.texts(option).stream()))
                .map(values -> String.join(",", values))
                .findFirst();
    }

    /** How many steps the task takes. */
    long steps(RunPlan plan) {
        var task = data.task();
        return new Tasks(List.of(task), List.of(), Map.of()).steps(new Stage(1, List.of(task.name())), plan.training());
    }

    /**
     * Looks at all that is going to be read and asked, and rehearses the lesson in small. Takes seconds.
     *
     * @param changes of the pool's study, for this card alone
     * @throws KarutaException with all that cannot be used: what is too long with the prompts in front, images, or the arm, which
     *     has to make one card for each task and to leave the others as they are
     */
    public void check(List<String> changes, StudyListener watch, CancellationToken stop) {
        var plan = plan(changes);
        var lesson = lesson(EarlyStopping.NEVER);
        var rehearsed = new LessonResults(earlier.names(), data.card());
        lessons.check(plan, lesson, data.named(), data::source, rehearsed, watch, stop);
        rehearsed.card();
        if (earlier.cards().isEmpty()) { // what it would do to this card, when another one is learned
            new CardRehearsal(lessons, plan, stop).second(lesson.task(), rehearsed);
        }
    }

    private Lesson lesson(EarlyStopping stopping) {
        return earlier.lesson(data.task(), untouched(), stopping);
    }

    /** What is asked and decides nothing. */
    private List<Task> untouched() {
        var test = new Task(
                data.card() + " (test)",
                List.of(),
                data.untouched(),
                data.task().scorer());
        return test.test().isEmpty() ? List.of() : List.of(test);
    }

    /**
     * Learns the task: asks all that is validated, trains, and asks again.
     *
     * @param changes of the pool's study, for this card alone
     * @throws KarutaException if the states do not fit, or the arm does not make one card for each task
     * @throws karuta.engine.loop.RunCancelled if it was told to stop
     */
    public Draft learn(List<String> changes, Patience patience, StudyListener watch, CancellationToken stop) {
        var plan = plan(changes);
        var steps = steps(plan);
        var task = data.task();
        var asked = earlier.asked() + task.test().size() + data.untouched().size();
        var results = new LessonResults(earlier.names(), data.card());
        lessons.learn(
                plan,
                lesson(patience.over(steps, data.heldOut())),
                results,
                new LessonProgress(data.card().value(), steps, asked, watch, stop));
        var options = options(plan, changes, patience);
        options.put("steps", results.result().steps() + " of " + steps);
        untouched().stream()
                .flatMap(test -> results.watched(test.name()).stream())
                .forEach(scores -> options.put("test", scores));
        return new Draft(
                data,
                manifest,
                earlier,
                withOwn(results.card()),
                results.rest(),
                results.scoresBefore(),
                results.scoresAfter(),
                results.likeness(),
                results.result().samples(),
                options);
    }

    /** The card's file with what its own samples look like, if any were held out. */
    private byte[] withOwn(byte[] card) {
        var task = data.task();
        return OwnFeatures.of(lessons.encoder(), lessons::features, task.train(), task.test())
                .map(own -> own.in(task.name(), card, Packing.NONE))
                .orElse(card);
    }

    /**
     * Trains and asks nothing.
     *
     * @param title for the watch
     * @return the smallest loss of the held-out samples; infinite if there was none that is a number
     */
    double trial(String title, List<String> changes, Patience patience, StudyListener watch, CancellationToken stop) {
        var plan = plan(changes);
        var unasked = data.task().with(data.task().train(), List.of());
        var steps = steps(plan);
        var stopping = patience.looks() == 0
                ? new EarlyStopping(data.heldOut(), (int) steps, 1)
                : patience.over(steps, data.heldOut());
        var looks = new Looks(new LessonProgress(title, steps, 0, watch, stop));
        lessons.learn(
                plan,
                earlier.unasked().lesson(unasked, List.of(), stopping),
                (result, evaluation, states) -> {},
                looks);
        return looks.smallest;
    }

    /** Keeps the smallest loss. */
    private static final class Looks implements RunListener {

        private final RunListener watch;
        private double smallest = Double.POSITIVE_INFINITY;

        Looks(RunListener watch) {
            this.watch = watch;
        }

        @Override
        public void proceed() {
            watch.proceed();
        }

        @Override
        public void trained(int stage, int step, int steps, Map<String, Double> losses) {
            watch.trained(stage, step, steps, losses);
        }

        @Override
        public void looked(int stage, int done, double loss) {
            watch.looked(stage, done, loss);
            smallest = loss < smallest ? loss : smallest; // NaN is no loss
        }
    }

    private Map<String, String> options(RunPlan plan, List<String> changes, Patience patience) {
        var options = new TreeMap<String, String>();
        var training = plan.training();
        options.put("seed", String.valueOf(plan.seed()));
        options.put("rate", String.valueOf(training.getRate()));
        options.put("batch", String.valueOf(training.getBatch()));
        pool(plan, "length").ifPresent(length -> options.put("length", length));
        pool(plan, "init").ifPresent(init -> options.put("init", init));
        options.put("patience", String.valueOf(patience.looks()));
        options.put("scorer", data.task().scorer());
        if (!changes.isEmpty()) {
            options.put("changes", String.join(" ", changes));
        }
        return options;
    }

    @Override
    public void close() {
        lessons.close();
    }
}
