package karuta.bench.cards;

import java.util.List;
import java.util.Optional;

/**
 * One task of a pair. The shares are kept exactly, not on average: among the first n samples, the number that is shared is
 * the share of n, rounded down, and the two questions take turns in what is shared and in what is not.
 *
 * @param pair the two tasks
 * @param half which of them
 * @param overlap percent of its samples that are drawn from what both share
 */
record PairTask(Pair pair, Pair.Half half, int overlap) implements CardTask {

    @Override
    public String id() {
        return pair.id() + "-" + half.id();
    }

    @Override
    public Recipe recipe(int index) {
        var before = sharedAmong(index);
        var shared = sharedAmong(index + 1) > before;
        var agreed = (shared ? before : index - before) % 2 == 0;
        var common = agreed ? Part.AGREED : Part.CONTESTED;
        return new Recipe(
                Optional.of(shared ? common : Part.OWN),
                pair.domain(),
                Optional.of(shared ? Pair.SHARED : half.tone()),
                List.of(agreed ? pair.agreed() : pair.contested()));
    }

    @Override
    public Convention convention() {
        return pair.convention(half);
    }

    @Override
    public String scorer() {
        return "exact";
    }

    private int sharedAmong(int samples) {
        return (int) (samples * (long) overlap / 100);
    }
}
