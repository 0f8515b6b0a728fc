package karuta.use.learn;

import java.nio.file.Path;
import java.util.HashSet;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.StudyPlan;
import karuta.engine.plan.WiredBenchmark;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.Lessons;
import karuta.study.file.StudyException;
import karuta.study.file.StudyProblems;

/** Which arms of a study can learn into a pool. */
public final class PoolArms {

    private PoolArms() {}

    /**
     * Rehearses all of them with a sample of the study's first task.
     *
     * @param cache folder where features are kept
     * @throws StudyException with those that cannot, and why
     * @throws KarutaException if the models or the data cannot be used
     */
    public static void require(Strategies strategies, StudyPlan plan, Path cache, CancellationToken stop) {
        var problems = new StudyProblems(plan.study().getFile());
        var seen = new HashSet<ArmPlan>();
        var shared = plan.shared().orElseThrow();
        try (var benchmark = WiredBenchmark.of(strategies, shared.benchmark());
                var lessons = Lessons.open(strategies, shared, cache)) {
            for (var run : plan.runs()) {
                if (!seen.add(run.arm())) {
                    continue;
                }
                try {
                    var task = benchmark.benchmark().task(run.tasks().get(0));
                    new CardRehearsal(lessons, run, stop).both(task);
                } catch (KarutaException unfit) {
                    var arm = run.arm().arm();
                    problems.add(arm, "arm \"" + arm.getName() + "\" cannot learn into a pool: " + unfit.getMessage());
                }
            }
        }
        problems.throwIfAny();
    }
}
