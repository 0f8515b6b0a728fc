package karuta.serve.monitor;

import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** The newest numbers of a stream. */
final class Recent {

    private final double[] ring;
    private long seen;

    Recent(int room) {
        ring = new double[room];
    }

    void add(double number) {
        ring[(int) (seen++ % ring.length)] = number;
    }

    /** In the order in which they came. */
    List<Double> inOrder() {
        return LongStream.range(Math.max(0, seen - ring.length), seen)
                .mapToObj(i -> ring[(int) (i % ring.length)])
                .toList();
    }

    /** In ascending order. */
    double[] sorted() {
        var numbers = Arrays.copyOf(ring, (int) Math.min(seen, ring.length));
        Arrays.sort(numbers);
        return numbers;
    }
}
