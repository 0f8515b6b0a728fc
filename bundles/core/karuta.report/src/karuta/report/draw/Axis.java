package karuta.report.draw;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A scale from numbers to pixels.
 *
 * @param low the number at {@code from}
 * @param high the number at {@code to}
 * @param step between ticks
 * @param from in pixels
 * @param to in pixels
 */
record Axis(double low, double high, double step, double from, double to) {

    private static final double[] STEPS = {1, 2, 5, 10, 20, 25, 50, 100, 200, 500, 1000};
    private static final int TICKS = 6;

    /** A scale of percent that holds all numbers, with round ticks; not wider than it must be. */
    static Axis percent(List<Double> values, double from, double to) {
        var least = values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
        var most = values.stream().mapToDouble(Double::doubleValue).max().orElse(100);
        for (var step : STEPS) {
            var low = step * Math.floor(least / step);
            var high = Math.max(low + step, step * Math.ceil(most / step));
            if ((high - low) / step <= TICKS) {
                return new Axis(low, high, step, from, to);
            }
        }
        throw new IllegalArgumentException("no scale from " + least + " to " + most);
    }

    double at(double value) {
        return from + (to - from) * (value - low) / (high - low);
    }

    List<Double> ticks() {
        return IntStream.rangeClosed(0, (int) Math.round((high - low) / step))
                .mapToObj(i -> low + i * step)
                .toList();
    }

    static String label(double tick) {
        return Long.toString(Math.round(tick)).replace('-', '−');
    }
}
