package karuta.report;

import java.util.List;

/**
 * Two results of the same seed.
 *
 * @param first of the one arm
 * @param second of the other
 */
record Pair(Result first, Result second) {

    /** The seeds that two groups share. */
    static List<Pair> of(ArmResults first, ArmResults second) {
        return first.results().stream()
                .flatMap(a -> second.results().stream()
                        .filter(b -> a.run().getSeed() == b.run().getSeed())
                        .map(b -> new Pair(a, b)))
                .toList();
    }
}
