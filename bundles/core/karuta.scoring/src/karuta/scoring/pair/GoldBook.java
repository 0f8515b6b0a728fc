package karuta.scoring.pair;

import java.util.List;
import java.util.Optional;

/** The samples of several tasks, and by which rules they are usually scored. */
public interface GoldBook {

    /** What it is, for messages and records: {@code suite coin}. */
    String name();

    /** The names of the tasks, in the order in which they are learned if nobody says another one. */
    List<String> tasks();

    /** The name of the task that somebody calls so, or writes its results to a folder of that name. */
    Optional<String> find(String name);

    /**
     * The test samples of a task.
     *
     * @param task its name
     */
    Gold gold(String task);

    /**
     * The ids of the rules that go with a task, its own first.
     *
     * @param task its name
     */
    List<String> rules(String task);
}
