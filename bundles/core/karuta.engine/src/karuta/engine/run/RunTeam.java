package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.List;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.frozen.FrozenModels;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.RunListener;
import karuta.engine.loop.StageListener;
import karuta.engine.plan.ArmPlan;
import karuta.engine.plan.RunPlan;
import karuta.model.Training;

/**
 * Everything that belongs to one run alone: its strategies, its scorers, its arrays.
 *
 * @param crew the strategies
 * @param judges the scorers
 * @param surroundings of the strategies
 * @param holdings what is closed with them
 */
record RunTeam(RunStrategies crew, Scorers judges, RunEnvironment surroundings, Closer holdings)
        implements AutoCloseable {

    private record Around(long seed, NDManager manager, FrozenModels frozen) implements RunEnvironment {}

    /** Makes and starts it all. */
    static RunTeam of(Strategies strategies, RunPlan plan, List<Task> tasks, FrozenModels frozen) {
        var holdings = new Closer();
        return holdings.fill(() -> {
            var around = new Around(plan.seed(), holdings.add(NDManager.newBaseManager(frozen.device())), frozen);
            var judges = holdings.add(new Scorers(strategies, tasks));
            var crew = holdings.add(RunStrategies.of(strategies, plan.arm(), around));
            return new RunTeam(crew, judges, around, holdings);
        });
    }

    /** Loads what the arm begins with, if not with nothing. */
    void begin(ArmPlan arm) {
        arm.from().ifPresent(origin -> new CheckpointLoader(origin, crew).load(surroundings.manager()));
    }

    /** The loop over tasks, all or some of those that the team was made for. */
    ContinualLoop loop(List<Task> tasks, RunPlan plan, Training training, StageListener journal, RunListener watch) {
        return new ContinualLoop(
                crew.learner(),
                crew::save,
                judges.over(tasks),
                surroundings.frozen(),
                new ContinualLoop.Plan(plan.seed(), training, plan.arm().arm().isAnalysis()),
                journal,
                watch);
    }

    @Override
    public void close() {
        holdings.close();
    }
}
