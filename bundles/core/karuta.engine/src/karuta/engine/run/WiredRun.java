package karuta.engine.run;

import java.util.List;
import java.util.stream.Collectors;
import karuta.api.Task;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.features.FrozenModels;
import karuta.engine.loop.Bookmark;
import karuta.engine.loop.ContinualLoop;
import karuta.engine.loop.ContinualLoop.Suspects;
import karuta.engine.loop.EarlyStopping;
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
        return of(installed, plan, tasks, RunEnvironment.of(plan.seed(), frozen));
    }

    /** The same in an environment that is closed with it. */
    static WiredRun of(Strategies installed, RunPlan plan, List<Task> tasks, RunEnvironment surroundings) {
        var closer = new Closer();
        return closer.fill(() -> {
            var environment = closer.add(surroundings);
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
     * @param bookmark keeps where the run stands within a stage
     */
    ContinualLoop loop(
            List<Task> tasks,
            List<Task> watched,
            RunPlan plan,
            boolean rehearsal,
            StageListener listener,
            RunListener progress,
            Bookmark bookmark) {
        return loop(tasks, watched, how(plan, rehearsal, EarlyStopping.NEVER), listener, progress, bookmark);
    }

    /** How the plan's arm is run. */
    static ContinualLoop.Plan how(RunPlan plan, boolean rehearsal, EarlyStopping stopping) {
        return new ContinualLoop.Plan(
                plan.seed(), plan.training(), plan.arm().arm().isAnalysis(), rehearsal, suspects(plan.arm()), stopping);
    }

    /** The loop in a way of its own. */
    ContinualLoop loop(
            List<Task> tasks,
            List<Task> watched,
            ContinualLoop.Plan how,
            StageListener listener,
            RunListener progress,
            Bookmark bookmark) {
        return new ContinualLoop(
                strategies.learner(),
                strategies::save,
                scorers.over(tasks, watched),
                environment.frozen(),
                how,
                listener,
                progress,
                bookmark);
    }

    /** The selector that chooses the cards, below all wrappers, and who else may take part in an answer. */
    private static Suspects suspects(ArmPlan arm) {
        var rest = arm.learner().type().describe()
                + arm.parts().stream()
                        .filter(part -> part.type().kind() == Kind.FUSION)
                        .map(part -> " (or " + part.type().describe() + ")")
                        .collect(Collectors.joining());
        return arm.parts().stream()
                .filter(part -> part.type().kind() == Kind.SELECTOR)
                .map(part -> new Suspects(part.type().describe(), rest))
                .findFirst()
                .or(() -> arm.over().map(WiredRun::suspects))
                .orElse(new Suspects(rest, rest));
    }

    @Override
    public void close() {
        closer.close();
    }
}
