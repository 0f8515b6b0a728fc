package karuta.serve.monitor;

import java.util.Arrays;

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

    /** In ascending order. */
    double[] sorted() {
        var numbers = Arrays.copyOf(ring, (int) Math.min(seen, ring.length));
        Arrays.sort(numbers);
        return numbers;
    }
}
