package karuta.api;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;

/**
 * The samples of a batch call for cards. They come together so that all are compared with all cards at once; what is chosen
 * for one may not depend on the others.
 *
 * @param cards the candidates of all
 * @param samples at least one
 */
public record Calls(Cards cards, List<Call> samples) {

    /** Copies the list. */
    public Calls {
        samples = List.copyOf(samples);
    }

    /** Chooses sample by sample, for a choice that needs no arithmetic. */
    public List<Selection> each(Function<Call, Selection> choice) {
        return samples.stream().map(choice).toList();
    }

    /**
     * The {@code k} best cards of every sample, see {@link Selection#top}.
     *
     * @param scores {@code [samples][cards]}, higher is better
     */
    public List<Selection> top(int k, double[][] scores) {
        return IntStream.range(0, samples.size())
                .mapToObj(i -> Selection.top(cards, scores[i], k))
                .toList();
    }

    /**
     * As many of the best cards for every sample as their scores say; cards that are trained have their seats beside them.
     *
     * @param scores {@code [samples][cards]}, higher is better
     * @param most how many, of the scores of the frozen cards, the best first; not asked where there are none
     */
    public List<Selection> top(double[][] scores, ToIntFunction<double[]> most) {
        var frozen = cards.frozen();
        var seats = cards.trainable().length;
        return IntStream.range(0, samples.size())
                .mapToObj(i -> {
                    var best = IntStream.of(frozen)
                            .mapToDouble(place -> -scores[i][place])
                            .sorted()
                            .map(score -> -score)
                            .toArray();
                    return Selection.top(cards, scores[i], seats + (best.length == 0 ? 0 : most.applyAsInt(best)));
                })
                .toList();
    }

    /** The cards that are trained now for every sample, for a choice that is made by likeness only when they are frozen. */
    public List<Selection> trained() {
        var picks = IntStream.of(cards.trainable())
                .mapToObj(place -> new Selection.Pick(cards.get(place), Double.NaN))
                .toList();
        return each(call -> new Selection(picks));
    }
}
