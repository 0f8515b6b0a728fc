package karuta.engine.plan;

import java.util.List;
import java.util.stream.Stream;
import karuta.study.Training;

/**
 * One run: an arm with a seed and an order of tasks.
 *
 * @param arm what is run
 * @param seed all its random numbers come from it
 * @param order name of the order
 * @param tasks names, first to last
 * @param watched names of tasks that are evaluated and never learned
 * @param training complete settings
 */
public record RunPlan(
        ArmPlan arm, long seed, String order, List<String> tasks, List<String> watched, Training training) {

    /** Copies the list. */
    public RunPlan {
        tasks = List.copyOf(tasks);
        watched = List.copyOf(watched);
    }

    /** The names of all tasks that are evaluated: those that are learned, then those that are watched. */
    public List<String> evaluated() {
        return Stream.concat(tasks.stream(), watched.stream()).toList();
    }

    /** For people: {@code modalprompt, seed 1}, and the order if it has a name of its own. */
    public String title() {
        return arm.arm().getName() + ", seed " + seed + (order.equals(DEFAULT) ? "" : ", order " + order);
    }

    /** The name of the order of a study that gives none. */
    static final String DEFAULT = "default";
}
