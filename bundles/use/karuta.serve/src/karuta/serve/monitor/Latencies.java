package karuta.serve.monitor;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long answers took, counted in bins that grow by 15 %: a quantile is told to within 7.3 %, from a millisecond to a quarter of an
 * hour, and what lies beyond counts as the last bin. Two can be added up, other than quantiles.
 */
final class Latencies {

    private static final double SHORTEST = 0.001;
    private static final double GROWTH = 1.15;
    private static final int BINS = 100;

    private final long[] counts = new long[BINS];

    void add(Duration latency) {
        counts[bin(latency.toNanos() / 1e9)]++;
    }

    void add(Latencies others) {
        for (var i = 0; i < BINS; i++) {
            counts[i] += others.counts[i];
        }
    }

    /** How many are in each bin that is not empty. */
    Map<Integer, Long> counts() {
        var some = new TreeMap<Integer, Long>();
        for (var i = 0; i < BINS; i++) {
            if (counts[i] > 0) {
                some.put(i, counts[i]);
            }
        }
        return some;
    }

    /** @throws IndexOutOfBoundsException if there is no such bin */
    void add(Map<Integer, Long> some) {
        some.forEach((bin, count) -> counts[bin] += count);
    }

    private static int bin(double seconds) {
        if (!(seconds > SHORTEST)) {
            return 0; // a clock that was set back gives negative ones
        }
        return Math.min(BINS - 1, 1 + (int) (Math.log(seconds / SHORTEST) / Math.log(GROWTH)));
    }

    /** In seconds, the middle of the bin that holds it; 0 if there are no answers. */
    double quantile(double share) {
        var all = 0L;
        for (var count : counts) {
            all += count;
        }
        var rank = Math.max(1, (long) Math.ceil(share * all));
        var below = 0L;
        for (var i = 0; all > 0 && i < BINS; i++) {
            below += counts[i];
            if (below >= rank) {
                return SHORTEST * Math.pow(GROWTH, i - 0.5);
            }
        }
        return 0;
    }
}
