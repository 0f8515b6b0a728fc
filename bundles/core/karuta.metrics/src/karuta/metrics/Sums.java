package karuta.metrics;

import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/** Sums, means and maxima over a range of indices, both ends included. */
final class Sums {

    private Sums() {}

    static double sum(int from, int to, IntToDoubleFunction term) {
        return IntStream.rangeClosed(from, to).mapToDouble(term).sum();
    }

    static double mean(int from, int to, IntToDoubleFunction term) {
        return sum(from, to, term) / (to - from + 1);
    }

    static double max(int from, int to, IntToDoubleFunction term) {
        return IntStream.rangeClosed(from, to).mapToDouble(term).max().orElseThrow();
    }

    /** The number of pairs of different ones among n. */
    static double pairs(int n) {
        return n * (n - 1) / 2.0;
    }
}
