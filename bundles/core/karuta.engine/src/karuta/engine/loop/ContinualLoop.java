package karuta.engine.loop;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import karuta.api.Learner;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.State;
import karuta.engine.features.FrozenModels;
import karuta.study.Training;
import karuta.tensor.Scope;

/** A run: evaluates all tasks, then for every stage of the schedule trains it and evaluates all tasks again. */
public final class ContinualLoop {

    /** How many test samples are asked at once; makes no difference to the answers. */
    public static final int ASKED = 32;

    private final Learner learner;
    private final Supplier<Map<String, State>> states;
    private final Tasks tasks;
    private final StageTrainer trainer;
    private final Evaluator evaluator;
    private final StageListener listener;
    private final Bookmark bookmark;

    /**
     * @param learner started
     * @param states asks the learner and its parts what they keep
     * @param tasks in the order of the run
     * @param frozen backbone and encoder
     * @param plan how the arm is run
     * @param listener keeps the results
     * @param progress is told, and may stop the run
     * @param bookmark keeps where the run stands within a stage
     */
    public ContinualLoop(
            Learner learner,
            Supplier<Map<String, State>> states,
            Tasks tasks,
            FrozenModels frozen,
            Plan plan,
            StageListener listener,
            RunListener progress,
            Bookmark bookmark) {
        var inputs = new InputEncoder(frozen, plan.analysis());
        this.learner = learner;
        this.states = states;
        this.tasks = tasks;
        this.trainer = new StageTrainer(learner, inputs, plan, progress, bookmark);
        var sentinel = Optional.of(plan)
                .filter(each -> !each.analysis())
                .map(each -> new Sentinel(
                        learner, inputs, ASKED, RandomStream.of(each.seed(), "sentinel"), each.suspects()));
        this.evaluator = new Evaluator(learner, inputs, tasks, ASKED, sentinel, progress);
        this.listener = listener;
        this.bookmark = bookmark;
    }

    /**
     * How an arm is run.
     *
     * @param seed all random numbers come from it
     * @param training complete settings
     * @param analysis whether strategies may see the true task
     * @param rehearsal whether every phase has one step only, to see that all works
     * @param suspects who is to be named where an answer depends on more than its sample
     * @param stopping when a phase ends early
     */
    public record Plan(
            long seed,
            Training training,
            boolean analysis,
            boolean rehearsal,
            Suspects suspects,
            EarlyStopping stopping) {

        /** One without early ends. */
        public Plan(long seed, Training training, boolean analysis, boolean rehearsal, Suspects suspects) {
            this(seed, training, analysis, rehearsal, suspects, EarlyStopping.NEVER);
        }
    }

    /**
     * Who is to be named where an answer depends on more than its sample.
     *
     * @param choice who chooses the cards, with bundle and file
     * @param rest who makes the answer of them
     */
    public record Suspects(String choice, String rest) {}

    /** The stages that a learner makes of tasks. */
    public static List<Stage> stages(Learner learner, List<String> tasks) {
        var schedule = learner.schedule(tasks);
        return IntStream.range(0, schedule.size())
                .mapToObj(i -> new Stage(i + 1, schedule.get(i)))
                .toList();
    }

    /** Runs all of it. */
    public void run() {
        runAfter(0);
    }

    /**
     * Evaluates the learner as it is and runs the stages that it has not learned yet.
     *
     * @param stage the last one that it has learned
     */
    public void runAfter(int stage) {
        var evaluation = evaluator.evaluate(stage, bookmark.answers(stage));
        complete(Optional.empty(), evaluation);
        resume(evaluation);
    }

    /**
     * Runs what is left.
     *
     * @param last the evaluation after the last complete stage, which the learner is at
     */
    public void resume(Evaluation last) {
        var latest = last;
        for (var stage : stages(learner, tasks.names())) {
            if (stage.number() > last.stage()) {
                latest = learn(stage, latest);
            }
        }
    }

    private Evaluation learn(Stage stage, Evaluation before) {
        var learned = bookmark.learned(stage, learner);
        if (learned.isPresent()) {
            return evaluate(learned.get());
        }
        var known = stateHash();
        var result = trainer.learn(stage, tasks.training(stage));
        if (result.steps() == 0 && known.equals(stateHash())) { // who has not changed answers the same
            var evaluation = before.after(stage.number());
            complete(Optional.of(result), evaluation);
            return evaluation;
        }
        bookmark.keep(result);
        return evaluate(result);
    }

    private Evaluation evaluate(StageResult result) {
        var stage = result.stage().number();
        var evaluation = evaluator.evaluate(stage, bookmark.answers(stage));
        complete(Optional.of(result), evaluation);
        return evaluation;
    }

    private String stateHash() {
        try (var scope = Scope.open()) {
            return StateHash.of(states.get());
        }
    }

    private void complete(Optional<StageResult> result, Evaluation evaluation) {
        try (var scope = Scope.open()) {
            listener.complete(result, evaluation, states.get());
        }
    }
}
