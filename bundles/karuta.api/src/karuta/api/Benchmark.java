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
}
