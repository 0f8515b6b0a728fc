package karuta.engine.loop;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.Scorer;
import karuta.api.Stage;
import karuta.api.Task;
import karuta.study.Training;

/**
 * The tasks of a run.
 *
 * @param tasks in the order of the run
 * @param watched what is evaluated with them and never learned; no learner hears of it
 * @param scorers by their id
 */
public record Tasks(List<Task> tasks, List<Task> watched, Map<String, Scorer> scorers) {

    /** Copies both. */
    public Tasks {
        tasks = List.copyOf(tasks);
        watched = List.copyOf(watched);
        scorers = Map.copyOf(scorers);
    }

    /** The names, in the order of the run. */
    public List<String> names() {
        return tasks.stream().map(Task::name).toList();
    }

    /** All that is evaluated. */
    List<Task> evaluated() {
        return Stream.concat(tasks.stream(), watched.stream()).toList();
    }

    /** How many test samples all tasks that are evaluated have together. */
    public int testSize() {
        return evaluated().stream().mapToInt(task -> task.test().size()).sum();
    }

    /** How many steps a stage takes, if it trains something. */
    public long steps(Stage stage, Training training) {
        return TimedPhase.whole(training, training(stage).size());
    }

    List<TaskSample> training(Stage stage) {
        return of(stage.tasks())
                .flatMap(task -> task.train().stream().map(sample -> new TaskSample(sample, task.name())))
                .toList();
    }

    private Stream<Task> of(List<String> stage) {
        var byName = tasks.stream().collect(Collectors.toMap(Task::name, Function.identity()));
        return stage.stream().map(name -> {
            if (!byName.containsKey(name)) {
                throw new IllegalStateException("a stage asks for the task " + name + ", which is not in " + names());
            }
            return byName.get(name);
        });
    }

    Scorer scorer(Task task) {
        return scorers.get(task.scorer());
    }
}
