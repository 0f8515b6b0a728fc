package karuta.metrics;

/** Student's t distribution for whole degrees of freedom (Abramowitz and Stegun, 26.7.3 and 26.7.4). */
final class StudentT {

    private StudentT() {}

    /**
     * The value below which a t-distributed number lies with probability {@code p}.
     *
     * @param p between 0.5 and 1, exclusive
     * @param freedom degrees of freedom, at least 1
     */
    static double quantile(double p, int freedom) {
        if (!(p > 0.5 && p < 1) || freedom < 1) {
            throw new IllegalArgumentException("no quantile for p = " + p + ", freedom = " + freedom);
        }
        var low = 0.0;
        var high = 1.0;
        while (within(high, freedom) < 2 * p - 1) {
            high *= 2;
        }
        for (var middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
            if (within(middle, freedom) < 2 * p - 1) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The probability of a value between {@code -t} and {@code t}. */
    private static double within(double t, int freedom) {
        var angle = Math.atan(t / Math.sqrt(freedom));
        var cosine = Math.cos(angle);
        var odd = freedom % 2;
        var term = odd == 1 ? cosine : 1;
        var sum = 0.0;
        for (var i = odd; i < freedom - 1; i += 2) {
            sum += term;
            term *= cosine * cosine * (i + 1) / (i + 2);
        }
        return odd == 1 ? (angle + Math.sin(angle) * sum) * 2 / Math.PI : Math.sin(angle) * sum;
    }
}
