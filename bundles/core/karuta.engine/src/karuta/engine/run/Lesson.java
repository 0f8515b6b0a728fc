package karuta.engine.run;

import ai.djl.ndarray.NDManager;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import karuta.api.State;
import karuta.api.Task;
import karuta.engine.loop.EarlyStopping;

/**
 * A task that an arm learns after others.
 *
 * @param earlier tasks that it has learned already, in their order, with the test samples that they are asked; they need not
 *     have any, and nothing is trained with them
 * @param task to learn, with what it is asked
 * @param watched what is asked, too, and never learned
 * @param states what the strategies kept when the earlier tasks were learned, by place, in arrays of the manager; nothing in an
 *     arm that has learned nothing
 * @param stopping when training ends early
 */
public record Lesson(
        List<Task> earlier,
        Task task,
        List<Task> watched,
        Function<NDManager, Map<String, State>> states,
        EarlyStopping stopping) {

    /** Copies the lists. */
    public Lesson {
        earlier = List.copyOf(earlier);
        watched = List.copyOf(watched);
    }

    /** The same with at most one sample of each kind, to rehearse it. */
    Lesson small() {
        return new Lesson(
                earlier.stream().map(DryRun::small).toList(),
                DryRun.small(task),
                watched.stream().map(DryRun::small).toList(),
                states,
                EarlyStopping.NEVER);
    }

    /** The tasks in the order in which they are learned. */
    List<Task> tasks() {
        return Stream.concat(earlier.stream(), Stream.of(task)).toList();
    }
}
