package karuta.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import karuta.metrics.Metric;

/**
 * What tables show.
 *
 * @param metrics at least one; the first is the one that arms are tested by
 * @param references what metrics compare runs with
 * @param against the arm that others are compared with; empty for the first that is a method
 */
public record TableChoice(List<Metric> metrics, ReferenceRuns references, Optional<Against> against) {

    /** What is shown unless something else is asked for. */
    public static final TableChoice DEFAULT = new TableChoice(Metric.defaults(), ReferenceRuns.NONE, Optional.empty());

    /** Copies the list. */
    public TableChoice {
        metrics = List.copyOf(metrics);
    }

    /** An arm to compare others with. */
    public sealed interface Against {

        /** The method with the best mean of the first metric. */
        record Best() implements Against {}

        /** The one of that name. */
        record Named(String arm) implements Against {}
    }

    /** The metric that arms are tested by. */
    Metric main() {
        return metrics.get(0);
    }

    /** A metric of a finished run. */
    OptionalDouble value(Metric metric, Result result) {
        return metric.of(result.matrix().orElseThrow(), references.of(result));
    }
}
