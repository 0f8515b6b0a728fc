package karuta.engine.run;

import java.util.List;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.StageListener;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;

/**
 * Everything that belongs to one run alone: its strategies, its scorers, its arrays.
 *
 * @param strategies the strategies
 * @param scorers the scorers
 * @param environment of the strategies
 * @param closer what is closed with them
 */
record WiredRun(RunStrategies strategies, Scorers scorers, RunEnvironment environment, Closer closer)
        implements AutoCloseable {

    /** Makes and starts it all. */
    static WiredRun of(Strategies installed, RunPlan plan, List<Task> tasks, FrozenModels frozen) {
        var closer = new Closer();
        return closer.fill(() -> {
            var environment = closer.add(RunEnvironment.of(plan.seed(), frozen));
            var scorers = closer.add(new Scorers(installed, tasks));
            var strategies = closer.add(RunStrategies.of(installed, plan.arm(), environment));
            return new WiredRun(strategies, scorers, environment, closer);
        });
    }

    /** Loads what the arm begins with, if not with nothing. */
    void begin(ArmPlan arm) {
        arm.from().ifPresent(origin -> new CheckpointLoader(origin, strategies).load(environment.manager()));
    }

    /**
     * The loop over tasks, all or some of those that the run was wired for.
     *
     * @param tasks to learn, in their order
     * @param watched evaluated with them
     * @param rehearsal whether every phase has one step only
     */
    ContinualLoop loop(
            List<Task> tasks,
            List<Task> watched,
            RunPlan plan,
            boolean rehearsal,
            StageListener listener,
            RunListener progress) {
        return new ContinualLoop(
                strategies.learner(),
                strategies::save,
                scorers.over(tasks, watched),
                environment.frozen(),
                new ContinualLoop.Plan(
                        plan.seed(), plan.training(), plan.arm().arm().isAnalysis(), rehearsal),
                listener,
                progress);
    }

    @Override
    public void close() {
        closer.close();
    }
}
