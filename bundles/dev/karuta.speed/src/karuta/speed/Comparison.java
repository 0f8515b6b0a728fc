package karuta.speed;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The readings of one work, round by round.
 *
 * @param work which
 * @param own Karuta's
 * @param peer the other side's; empty if there was none
 */
public record Comparison(Workload work, List<Measurement> own, List<Measurement> peer) {

    /** Copies both. */
    public Comparison {
        own = List.copyOf(own);
        peer = List.copyOf(peer);
    }

    /** Karuta's time divided by the other side's, in each round, ascending. */
    public List<Double> ratios() {
        return ratios(Measurement::seconds);
    }

    /** The same for processor time. */
    public List<Double> cpuRatios() {
        return ratios(Measurement::cpu);
    }

    private List<Double> ratios(ToDoubleFunction<Measurement> what) {
        return IntStream.range(0, peer.size())
                .mapToObj(i -> what.applyAsDouble(own.get(i)) / what.applyAsDouble(peer.get(i)))
                .sorted()
                .toList();
    }

    /**
     * What this takes longer than a beginning of it, per piece.
     *
     * @param beginning readings of the same rounds
     * @param pieces that follow the beginning
     */
    Comparison behind(Comparison beginning, int pieces) {
        return new Comparison(work, behind(own, beginning.own, pieces), behind(peer, beginning.peer, pieces));
    }

    private static List<Measurement> behind(List<Measurement> whole, List<Measurement> beginning, int pieces) {
        return IntStream.range(0, whole.size())
                .mapToObj(i -> new Measurement(
                        (whole.get(i).seconds() - beginning.get(i).seconds()) / pieces,
                        (whole.get(i).cpu() - beginning.get(i).cpu()) / pieces,
                        whole.get(i).peak(),
                        whole.get(i).value()))
                .toList();
    }

    /** The median of times, in seconds. */
    public static double seconds(List<Measurement> readings) {
        return median(readings.stream().map(Measurement::seconds).toList());
    }

    /** The largest peak, in bytes. */
    public static long peak(List<Measurement> readings) {
        return readings.stream().mapToLong(Measurement::peak).max().orElse(0);
    }

    /** The middle number, or the mean of the two in the middle. */
    public static double median(List<Double> numbers) {
        var sorted = numbers.stream().sorted().toList();
        var half = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(half) : (sorted.get(half - 1) + sorted.get(half)) / 2;
    }

    /** By how much the values of both sides differ at most, relative to their size. */
    public double disagreement() {
        return IntStream.range(0, peer.size())
                .mapToDouble(i -> relative(own.get(i).value(), peer.get(i).value()))
                .max()
                .orElse(0);
    }

    private static double relative(double a, double b) {
        return a == b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
    }
}
