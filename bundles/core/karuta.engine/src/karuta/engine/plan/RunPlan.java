package karuta.engine.plan;

import java.util.List;
import karuta.study.Training;

/**
 * One run: an arm with a seed and an order of tasks.
 *
 * @param arm what is run
 * @param seed all its random numbers come from it
 * @param order name of the order
 * @param tasks names, first to last
 * @param training complete settings
 */
public record RunPlan(ArmPlan arm, long seed, String order, List<String> tasks, Training training) {

    /** Copies the list. */
    public RunPlan {
        tasks = List.copyOf(tasks);
    }

    /** For people: {@code modalprompt, seed 1}, and the order if it has a name of its own. */
    public String title() {
        return arm.arm().getName() + ", seed " + seed + (order.equals(DEFAULT) ? "" : ", order " + order);
    }

    /** The name of the order of a study that gives none. */
    static final String DEFAULT = "default";
}
