package karuta.api;

import java.util.List;

/** A family of tasks. */
public interface Benchmark extends Strategy {

    /** The factory of its components. */
    String KIND = "karuta.benchmark";

    /** The names of its tasks, in the order in which they are learned if the study gives none. */
    List<String> tasks();

    /**
     * Reads a task.
     *
     * @throws KarutaException if there is no such task or its data is unusable
     */
    Task task(String name);

    /**
     * Where the samples of a task come from, for messages that name one of them.
     *
     * @param task its name
     * @param training whether its training samples are meant rather than its test samples
     * @return such as the file and the task
     */
    default String source(String task, boolean training) {
        return "task " + task + ", " + (training ? "training" : "test");
    }
}
