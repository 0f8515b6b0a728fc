package karuta.lmm.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param tolerance the largest error that passes
 * @param comparisons one per tensor of the reference that the model computes
 * @param ignored names of tensors of the reference that are neither inputs nor anything that is computed
 */
public record Report(double tolerance, List<Comparison> comparisons, List<String> ignored) {

    /** Copies the lists. */
    public Report {
        comparisons = List.copyOf(comparisons);
        ignored = List.copyOf(ignored);
    }

    /** Whether all passed. */
    public boolean passed() {
        return comparisons.stream().allMatch(Comparison::passed);
    }

    /**
     * One tensor.
     *
     * @param name as the reference has it
     * @param shape of the reference's tensor, such as {@code (2, 19, 40)}
     * @param error relative; for tokens the share of those that differ
     * @param passed whether it is within the tolerance; of tokens, none may differ
     */
    public record Comparison(String name, String shape, double error, boolean passed) {}
}
