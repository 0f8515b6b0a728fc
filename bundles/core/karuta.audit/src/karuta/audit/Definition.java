package karuta.audit;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.Metric;

/**
 * What a column of figures may mean.
 *
 * @param id as of {@link Metric}, or that of one task's forgetting
 * @param formula in words of {@code R[i][j]}, the score on task {@code j} after stage {@code i}
 * @param turned whether it is printed with its sign turned
 */
public record Definition(String id, String formula, boolean turned) {

    /** One task's forgetting, first minus last. */
    private static final Definition TASK_FIRST = new Definition("forget/first-last", "R[j][j] - R[T][j]", false);

    /** One task's forgetting, best minus last. */
    private static final Definition TASK_BEST =
            new Definition("forget/chaudhry", "max_{j<=l<T} R[l][j] - R[T][j]", false);

    private static final List<Metric> LINEAR = Stream.of(Metric.values())
            .filter(metric -> metric.needs().isEmpty())
            .filter(metric -> !List.of(
                            Metric.FORGETTING, Metric.FORGETTING_MAX, Metric.REMEMBERING, Metric.BWT_POSITIVE)
                    .contains(metric))
            .toList();

    static Definition of(Metric metric) {
        return new Definition(metric.id(), metric.formula(), false);
    }

    /** Those of the forgetting of one task. */
    static List<Definition> ofTasks() {
        return eitherSign(Stream.of(TASK_FIRST, TASK_BEST));
    }

    /** Those of an id; none if there is no such id, or its figures cannot be audited. */
    static Optional<Definition> of(String id) {
        return Stream.concat(LINEAR.stream(), Stream.of(Metric.FORGETTING, Metric.FORGETTING_MAX))
                .filter(metric -> metric.id().equals(id))
                .map(Definition::of)
                .findFirst();
    }

    /** Each as it is, and after all of them each with its sign turned. */
    static List<Definition> eitherSign(Stream<Definition> definitions) {
        var plain = definitions.toList();
        return Stream.concat(plain.stream(), plain.stream().map(Definition::turn))
                .toList();
    }

    private Definition turn() {
        return new Definition(id, formula, !turned);
    }

    /** What it becomes where no score rises after it was learned; nothing if it takes no maximum. */
    Optional<Definition> withoutMaximum() {
        if (id.equals(TASK_BEST.id)) {
            return Optional.of(turned ? TASK_FIRST.turn() : TASK_FIRST);
        }
        var first = of(Metric.FORGETTING_FIRST);
        return Optional.of(turned ? first.turn() : first)
                .filter(is -> id.equals(Metric.FORGETTING.id()) || id.equals(Metric.FORGETTING_MAX.id()));
    }

    /** Its id, with a minus before it if the sign is turned. */
    public String name() {
        return (turned ? "-" : "") + id;
    }

    /**
     * What it computes.
     *
     * @param tasks how many there are
     * @param task of which the figure is, from 1; 0 if it is one of all
     */
    Linear linear(int tasks, int task) {
        return plain(tasks, task).times(turned ? -1 : 1);
    }

    private Linear plain(int tasks, int task) {
        if (id.equals(TASK_FIRST.id)) {
            return Linear.drop(tasks, task, task);
        }
        if (id.equals(TASK_BEST.id)) {
            return Linear.drop(tasks, task, tasks - 1);
        }
        if (id.equals(Metric.FORGETTING.id())) {
            return peaks(tasks, tasks - 1);
        }
        if (id.equals(Metric.FORGETTING_MAX.id())) {
            return peaks(tasks, tasks);
        }
        return Linear.of(Metric.of(id).orElseThrow(), tasks);
    }

    private static Linear peaks(int tasks, int upTo) {
        return Linear.mean(IntStream.range(1, tasks)
                .mapToObj(task -> Linear.drop(tasks, task, upTo))
                .toList());
    }
}
