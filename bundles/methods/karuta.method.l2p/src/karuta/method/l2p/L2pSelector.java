package karuta.method.l2p;

import static java.util.Comparator.comparingDouble;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Forward;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.api.TrainingStep;
import karuta.tensor.GuidanceFeatures;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * L2P's choice: the K prompts whose keys are most like the query, the likest first, though all of them are trained. A loss {@code
 * -pull} times the sum of the K cosines, in the mean over the batch, draws the chosen keys to the query.
 *
 * <p>The public code chooses for a batch by its majority unless told otherwise; here every sample chooses for itself, as the
 * paper says and as that code does with a batch of one.
 */
@Component(name = "selector.l2p", factory = Selector.KIND)
@Designate(ocd = L2pSelector.Options.class)
@Paper("Wang, Zhang, Lee, Zhang, Sun, Ren, Su, Perot, Dy, Pfister: Learning to Prompt for Continual Learning, CVPR"
        + " 2022, section 4.2")
public final class L2pSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "L2P's choice", description = "The nearest keys, which are drawn to the query.")
    public @interface Options {

        @AttributeDefinition(description = "How many prompts are used at once (K).", min = "1")
        int k() default 5;

        @AttributeDefinition(
                description = "How strongly chosen keys are drawn to the query. 0.1 as in the public code; the paper's"
                        + " lambda is 0.5, another port has 1.",
                min = "0")
        double pull() default 0.1;
    }

    private final int k;
    private final double pull;

    @Activate
    public L2pSelector(Options options) {
        this(options.k(), options.pull());
    }

    L2pSelector(int k, double pull) {
        this.k = k;
        this.pull = pull;
    }

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        if (cards.size() < k) {
            throw new KarutaException(
                    "The selector \"l2p\" chooses " + k + " prompts, but the pool has " + cards.size() + ".",
                    "Give selector.l2p a smaller \"k\", or the pool a larger \"size\".");
        }
        var feature = feature(cards.get(0));
        NDArray queries = GuidanceFeatures.of(calls, feature);
        var cosines = Ops.cosine(queries.expandDims(1), GuidanceFeatures.keys(cards.all(), feature))
                .toFloatArray();
        return IntStream.range(0, calls.samples().size())
                .mapToObj(i -> nearest(cards, i * cards.size(), cosines))
                .toList();
    }

    private Selection nearest(Cards cards, int from, float[] cosines) {
        return new Selection(IntStream.range(0, cards.size())
                .mapToObj(i -> new Pick(cards.get(i), cosines[from + i]))
                .sorted(comparingDouble(Pick::score).reversed())
                .limit(k)
                .toList());
    }

    /** What the pool compares with. */
    private static String feature(Card card) {
        if (card.keys().size() != 1) {
            throw new KarutaException(
                    "The selector \"l2p\" needs cards with one key each, but \"" + card.id() + "\" has keys for "
                            + card.keys().keySet() + ".",
                    "Use the pool \"l2p\".");
        }
        return card.keys().keySet().iterator().next();
    }

    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        if (pull == 0) {
            return Map.of();
        }
        var chosen = forward.selections().stream()
                .map(selection -> selection.picks().stream().map(Pick::card).toList())
                .toList();
        var feature = feature(chosen.get(0).get(0));
        NDArray keys = NDArrays.stack(new NDList(chosen.stream()
                .map(cards -> GuidanceFeatures.keys(cards, feature))
                .toList()));
        NDArray queries = GuidanceFeatures.of(forward.guidance(), feature);
        NDArray cosines = Ops.cosine(queries.expandDims(1), keys);
        return Map.of("pull", Ops.scale(cosines.sum(new int[] {1}).mean(), -pull));
    }
}
