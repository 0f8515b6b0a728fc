package karuta.method.sprompts;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.Likeness;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * S-Prompts' choice: the one card of which a key is nearest to the sample's feature, divided by its length, by the sum of absolute
 * differences (L1); in training the card that is trained. A score is that distance, negative.
 */
@Component(name = "selector.sprompts", factory = Selector.KIND)
@Designate(ocd = SPromptsSelector.About.class)
@Paper("Wang, Huang, Hong: S-Prompts Learning with Pre-trained Transformers: An Occam's Razor for Domain Incremental"
        + " Learning, NeurIPS 2022, section 3")
public final class SPromptsSelector implements Selector {

    /** It has no options. */
    @ObjectClassDefinition(name = "S-Prompts' selector", description = "The card of which a cluster centre is nearest.")
    public @interface About {}

    private static final Likeness NEAREST = (feature, key) -> Likeness.MANHATTAN.of(unit(feature), key);

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        if (cards.trainable().length > 0) {
            return calls.trained();
        }
        return calls.top(1, NEAREST.scores(calls, feature(cards.get(0))));
    }

    /** Which one the pool clusters. */
    private static String feature(Card card) {
        return card.keys().keySet().stream()
                .sorted()
                .findFirst()
                .orElseThrow(() -> new KarutaException(
                        "The selector \"sprompts\" compares samples with cluster centres, but card " + card.id()
                                + " has none.",
                        "Use the pool \"sprompts\"."));
    }

    private static float[] unit(float[] feature) {
        var norm = Math.sqrt(IntStream.range(0, feature.length)
                .mapToDouble(i -> (double) feature[i] * feature[i])
                .sum());
        var unit = feature.clone();
        for (var i = 0; i < unit.length; i++) {
            unit[i] /= (float) norm;
        }
        return unit;
    }
}
