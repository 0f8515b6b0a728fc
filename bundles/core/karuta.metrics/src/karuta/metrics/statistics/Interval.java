package karuta.metrics.statistics;

/**
 * Where a figure lies.
 *
 * @param low its lower end
 * @param high its upper end
 */
public record Interval(double low, double high) {

    /** Whether a figure is not in it. */
    public boolean excludes(double figure) {
        return figure < low || figure > high;
    }
}
