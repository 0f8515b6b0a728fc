package karuta.engine.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.Bookmark;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.Tasks;
import karuta.engine.plan.RunPlan;

/**
 * Runs an arm in small before anything starts: two tasks of a sample each, one step per stage. A part that is
 * missing, a layer that does not exist, a prompt of the wrong size or a checkpoint that does not fit shows here, not
 * after hours. Tasks that a checkpoint knows already come first, since learning one again is what may go wrong.
 *
 * @param workload what the true run has to do
 * @param unused parts that the study gives to the arm and that nobody asked for
 * @param inserted the most soft tokens that were put in front of a sample
 * @param stored samples of earlier tasks that the method keeps
 */
record DryRun(Workload workload, List<String> unused, int inserted, long stored) {

    /** How many tasks are rehearsed at most. */
    static final int TASKS = 2;

    static DryRun of(Strategies strategies, RunPlan plan, StudyResources resources) {
        var all = resources.tasks(plan.tasks());
        var watched = resources.tasks(plan.watched());
        var inserted = new MostInserted();
        var counting = new ObservedBackbone(resources.frozen().backbone(), inserted);
        try (var run = WiredRun.of(
                strategies,
                plan,
                resources.tasks(plan.evaluated()),
                resources.frozen().through(counting))) {
            run.begin(plan.arm());
            var known = run.strategies().known();
            var small = all.stream()
                    .sorted(Comparator.comparing(task -> !known.contains(task.name())))
                    .limit(TASKS)
                    .map(DryRun::small)
                    .toList();
            var steps = new AtomicInteger();
            var stored = new AtomicLong();
            run.loop(
                            small,
                            watched.stream().map(DryRun::small).toList(),
                            plan,
                            true,
                            (result, evaluation, states) -> result.ifPresent(stage -> {
                                steps.addAndGet(stage.steps());
                                stored.set(stage.footprint().samples());
                            }),
                            RunListener.NOBODY,
                            Bookmark.NONE)
                    .run();
            plan.arm().from().ifPresent(origin -> run.strategies().checkNames());
            var unused = run.strategies()
                    .unused()
                    .map(choice -> choice.type().name())
                    .toList();
            var whole = new Tasks(all, watched, Map.of());
            var stages = ContinualLoop.stages(run.strategies().learner(), plan.tasks()).stream()
                    .map(stage -> steps.get() == 0 ? 0L : whole.steps(stage, plan.training()))
                    .toList();
            return new DryRun(new Workload(stages, whole.testSize()), unused, inserted.most(), stored.get());
        }
    }

    static Task small(Task task) {
        return task.with(
                task.train().stream().limit(1).toList(),
                task.test().stream().limit(1).toList());
    }
}
