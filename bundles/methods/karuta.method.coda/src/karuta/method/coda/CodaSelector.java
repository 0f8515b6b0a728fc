package karuta.method.coda;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.GuidanceFeatures;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * CODA-Prompt's choice: every component, weighted by {@code cos(q * A, K)}, with q the sample's feature; no softmax, no best ones. In
 * training as afterwards: nobody needs to know the task.
 */
@Component(name = "selector.coda", factory = Selector.KIND)
@Designate(ocd = CodaSelector.About.class)
@Paper("Smith, Karlinsky, Gutta, Cascante-Bonilla, Kim, Arbelle, Panda, Feris, Kira: CODA-Prompt: COntinual Decomposed"
        + " Attention-based Prompting for Rehearsal-Free Continual Learning, CVPR 2023, equations 4 and 5")
public final class CodaSelector implements Selector {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "CODA-Prompt's selector",
            description = "All cards, each weighted by how like its key the query is where the card looks.")
    public @interface About {}

    /** All weights at once, {@code [samples, cards]}. */
    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        var feature = feature(cards.get(0));
        NDArray attended = GuidanceFeatures.of(calls, feature)
                .expandDims(1)
                .mul(GuidanceFeatures.keys(cards.all(), CodaPool.ATTENTION));
        NDArray weights = Ops.cosine(attended, GuidanceFeatures.keys(cards.all(), feature));
        return IntStream.range(0, calls.samples().size())
                .mapToObj(i -> selection(cards, weights.get(i)))
                .toList();
    }

    /** What the pool takes for the query. */
    private static String feature(Card card) {
        return card.keys().keySet().stream()
                .filter(name -> !name.equals(CodaPool.ATTENTION) && card.keys().size() == 2)
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The selector \"coda\" needs cards with a key and an attention vector, but \"" + card.id()
                                + "\" has " + card.keys().keySet() + ".",
                        "Use the pool \"coda\"."));
    }

    private static Selection selection(Cards cards, NDArray weights) {
        var numbers = weights.toFloatArray();
        return new Selection(IntStream.range(0, cards.size())
                .mapToObj(i -> new Pick(cards.get(i), numbers[i], Optional.of(weights.get(i))))
                .toList());
    }
}
