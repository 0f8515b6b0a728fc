package karuta.speed;

import java.util.List;
import java.util.Optional;

/**
 * What was measured.
 *
 * @param rows tokens of each row of the batch
 * @param comparisons work by work
 * @param productFlops floating point operations of one reading of matrix products
 * @param weightFlops operations of the products with weights of the decoder in one forward pass (prefill: with the head
 *     for one token a row); attention is not counted
 * @param peer the other side's libraries and their versions
 * @param selection of cards; empty where it was not measured
 */
public record Report(
        List<Integer> rows,
        List<Comparison> comparisons,
        double productFlops,
        double weightFlops,
        Optional<String> peer,
        Optional<SelectionReport> selection) {

    /** Copies the lists. */
    public Report {
        rows = List.copyOf(rows);
        comparisons = List.copyOf(comparisons);
    }

    /** A report of the model alone. */
    public Report(
            List<Integer> rows,
            List<Comparison> comparisons,
            double productFlops,
            double weightFlops,
            Optional<String> peer) {
        this(rows, comparisons, productFlops, weightFlops, peer, Optional.empty());
    }

    /** The same with what selection takes. */
    Report with(SelectionReport measured) {
        return new Report(rows, comparisons, productFlops, weightFlops, peer, Optional.of(measured));
    }

    /** The readings of one work. */
    public Comparison of(Workload work) {
        return comparisons.stream()
                .filter(comparison -> comparison.work() == work)
                .findFirst()
                .orElseThrow();
    }

    /** Floating point operations per second of plain matrix products. */
    public double productSpeed() {
        return productFlops / Comparison.seconds(of(Workload.PRODUCT).own());
    }

    /** Which part of that speed the prefill reaches. */
    public double prefillShare() {
        return weightFlops / Comparison.seconds(of(Workload.PREFILL).own()) / productSpeed();
    }

    /** A token of an answer behind the first: what decoding takes longer than the prefill. */
    public Comparison token() {
        return of(Workload.DECODE).behind(of(Workload.PREFILL), Workload.TOKENS - 1);
    }

    /**
     * By how much the values of both sides differ at most, relative to their size.
     *
     * @param lossesOnly leaves out answers: one token that is rounded to another changes all that follow
     */
    public double disagreement(boolean lossesOnly) {
        return comparisons.stream()
                .filter(comparison -> !lossesOnly || !comparison.work().answers())
                .mapToDouble(Comparison::disagreement)
                .max()
                .orElse(0);
    }
}
