package karuta.api;

import java.util.List;
import java.util.function.Function;
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
}
