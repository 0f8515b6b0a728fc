package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.List;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.StageListener;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.study.Training;

/**
 * Everything that belongs to one run alone: its strategies, its scorers, its arrays.
 *
 * @param strategies the strategies
 * @param scorers the scorers
 * @param surroundings of the strategies
 * @param closer what is closed with them
 */
record RunTeam(RunStrategies strategies, Scorers scorers, RunEnvironment surroundings, Closer closer)
        implements AutoCloseable {

    private record Around(long seed, NDManager manager, FrozenModels frozen) implements RunEnvironment {}

    /** Makes and starts it all. */
    static RunTeam of(Strategies installed, RunPlan plan, List<Task> tasks, FrozenModels frozen) {
        var closer = new Closer();
        return closer.fill(() -> {
            var around = new Around(plan.seed(), closer.add(NDManager.newBaseManager(frozen.device())), frozen);
            var scorers = closer.add(new Scorers(installed, tasks));
            var strategies = closer.add(RunStrategies.of(installed, plan.arm(), around));
            return new RunTeam(strategies, scorers, around, closer);
        });
    }

    /** Loads what the arm begins with, if not with nothing. */
    void begin(ArmPlan arm) {
        arm.from().ifPresent(origin -> new CheckpointLoader(origin, strategies).load(surroundings.manager()));
    }

    /** The loop over tasks, all or some of those that the team was made for. */
    ContinualLoop loop(
            List<Task> tasks, RunPlan plan, Training training, StageListener listener, RunListener progress) {
        return new ContinualLoop(
                strategies.learner(),
                strategies::save,
                scorers.over(tasks),
                surroundings.frozen(),
                new ContinualLoop.Plan(plan.seed(), training, plan.arm().arm().isAnalysis()),
                listener,
                progress);
    }

    @Override
    public void close() {
        closer.close();
    }
}
