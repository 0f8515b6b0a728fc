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
 * @param scorers by their id
 */
public record Tasks(List<Task> tasks, Map<String, Scorer> scorers) {

    /** Copies both. */
    public Tasks {
        tasks = List.copyOf(tasks);
        scorers = Map.copyOf(scorers);
    }

    /** The names, in the order of the run. */
    public List<String> names() {
        return tasks.stream().map(Task::name).toList();
    }

    /** How many test samples all tasks have together. */
    public int testSize() {
        return tasks.stream().mapToInt(task -> task.test().size()).sum();
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
