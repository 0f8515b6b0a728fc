package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.List;
import karuta.api.Task;
import karuta.engine.catalog.Strategies;
import karuta.engine.frozen.FrozenParts;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.Journal;
import karuta.engine.loop.Watch;
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
record RunTeam(Crew crew, Judges judges, Surroundings surroundings, Holdings holdings) implements AutoCloseable {

    private record Around(long seed, NDManager manager, FrozenParts frozen) implements Surroundings {}

    /** Makes and starts it all. */
    static RunTeam of(Strategies strategies, RunPlan plan, List<Task> tasks, FrozenParts frozen) {
        var holdings = new Holdings();
        return holdings.fill(() -> {
            var around = new Around(plan.seed(), holdings.add(NDManager.newBaseManager(frozen.device())), frozen);
            var judges = holdings.add(new Judges(strategies, tasks));
            var crew = holdings.add(Crew.of(strategies, plan.arm(), around));
            return new RunTeam(crew, judges, around, holdings);
        });
    }

    /** Loads what the arm begins with, if not with nothing. */
    void begin(ArmPlan arm) {
        arm.from().ifPresent(origin -> new Beginning(origin, crew).load(surroundings.manager()));
    }

    /** The loop over tasks, all or some of those that the team was made for. */
    ContinualLoop loop(List<Task> tasks, RunPlan plan, Training training, Journal journal, Watch watch) {
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
