package karuta.report.watch;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.study.Run;
import karuta.study.RunStatus;
import karuta.study.Stage;

/**
 * How far a run is.
 *
 * @param name arm, seed, and order where it is not the only one
 * @param what it does
 * @param learned tasks that complete stages have learned
 * @param tasks that it will have learned at its end
 * @param last the tasks of the stage that was completed last; none before the first
 * @param step the step that the open stage has logged last
 * @param losses mean losses of the last complete stage, or those of the last step, in words; empty where there are none
 * @param secondsPerTask what learning and asking took so far, for each task; empty before the first stage is complete
 */
public record RunState(
        String name,
        Activity what,
        int learned,
        int tasks,
        List<String> last,
        Optional<Step> step,
        String losses,
        OptionalDouble secondsPerTask) {

    /** What becomes of a run. */
    public enum Activity {
        RUNNING,
        FINISHED,
        FAILED,
        /** Somebody ended it; the same command goes on with it. */
        INTERRUPTED,
        /** Its record says that it is running, but nobody works on it: its process was killed. */
        LEFT
    }

    /** A step of the open stage, from 1, and how many there are. */
    public record Step(int number, int of) {}

    /** Copies the list. */
    public RunState {
        last = List.copyOf(last);
    }

    static RunState of(Run run, boolean held, Optional<LogTail> tail) {
        var stages = run.getStages();
        var done = stages.isEmpty() ? 0 : stages.get(stages.size() - 1).getNumber();
        var activity = activity(run.getStatus(), held);
        var open = tail.filter(step -> activity == Activity.RUNNING && step.stage() > done);
        var learned = stages.stream().mapToInt(stage -> stage.getTasks().size()).sum();
        var seconds = stages.stream()
                .mapToDouble(stage -> stage.getSeconds() + stage.getEvaluationSeconds())
                .sum();
        return new RunState(
                run.getArm().getName() + ", seed " + run.getSeed()
                        + (run.getOrder().equals("default") ? "" : ", order " + run.getOrder()),
                activity,
                learned,
                run.getTasks().size(),
                stages.isEmpty() ? List.of() : stages.get(stages.size() - 1).getTasks(),
                open.map(step -> new Step(step.step(), step.steps())),
                open.map(LogTail::losses).orElseGet(() -> losses(stages)),
                learned == 0 ? OptionalDouble.empty() : OptionalDouble.of(seconds / learned));
    }

    private static String losses(List<Stage> stages) {
        return stages.isEmpty()
                ? ""
                : String.join(
                        ", ",
                        stages.get(stages.size() - 1).getLosses().stream()
                                .map(loss -> String.format(Locale.ROOT, "%s %.3f", loss.getName(), loss.getValue()))
                                .toList());
    }

    private static Activity activity(RunStatus status, boolean held) {
        return switch (status) {
            case FINISHED -> Activity.FINISHED;
            case FAILED -> Activity.FAILED;
            case INTERRUPTED -> held ? Activity.RUNNING : Activity.INTERRUPTED;
            default -> held ? Activity.RUNNING : Activity.LEFT;
        };
    }

    /** How many tasks are still to be learned; a part of one where a stage is open. */
    double left() {
        return Math.max(
                0, tasks - learned - step.map(s -> (double) s.number() / s.of()).orElse(0.0));
    }
}
