package karuta.engine.run;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.Tasks;
import karuta.engine.plan.RunPlan;
import karuta.study.Training;
import org.eclipse.emf.ecore.util.EcoreUtil;

/**
 * Runs an arm in small before anything starts: two tasks of a sample each, one step per stage. A part that is
 * missing, a layer that does not exist, a prompt of the wrong size or a checkpoint that does not fit shows here, not
 * after hours. Tasks that a checkpoint knows already come first, since learning one again is what may go wrong.
 *
 * @param workload what the true run has to do
 * @param unused parts that the study gives to the arm and that nobody asked for
 * @param inserted the most soft tokens that were put in front of a sample
 */
record DryRun(Workload workload, List<String> unused, int inserted) {

    /** How many tasks are rehearsed at most. */
    static final int TASKS = 2;

    static DryRun of(Strategies strategies, RunPlan plan, StudyResources resources) {
        var all = resources.tasks(plan.tasks());
        var counting = new CountingBackbone(resources.frozen().backbone());
        try (var team = RunTeam.of(strategies, plan, all, resources.frozen().through(counting))) {
            team.begin(plan.arm());
            var known = team.strategies().known();
            var small = all.stream()
                    .sorted(Comparator.comparing(task -> !known.contains(task.name())))
                    .limit(TASKS)
                    .map(DryRun::small)
                    .toList();
            var steps = new AtomicInteger();
            team.loop(
                            small,
                            plan,
                            oneStep(plan.training()),
                            (result, evaluation, states) -> result.ifPresent(r -> steps.addAndGet(r.steps())),
                            RunListener.NOBODY)
                    .run();
            plan.arm().from().ifPresent(origin -> team.strategies().checkNames());
            var unused = team.strategies()
                    .unused()
                    .map(choice -> choice.type().name())
                    .toList();
            var whole = new Tasks(all, Map.of());
            var stages = ContinualLoop.stages(team.strategies().learner(), plan.tasks()).stream()
                    .map(stage -> steps.get() == 0 ? 0L : whole.steps(stage, plan.training()))
                    .toList();
            return new DryRun(
                    new Workload(stages, whole.testSize()),
                    unused,
                    counting.most().get());
        }
    }

    private static Task small(Task task) {
        return new Task(
                task.name(),
                task.train().stream().limit(1).toList(),
                task.test().stream().limit(1).toList(),
                task.scorer());
    }

    private static Training oneStep(Training training) {
        var small = EcoreUtil.copy(training);
        small.unsetEpochs();
        small.setSteps(1);
        return small;
    }
}
