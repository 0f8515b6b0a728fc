package karuta.method.sprompts;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selector;
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

    /** The keys of the frozen cards as plain numbers, read once: {@code [cards][keys][c]}. */
    private record Keys(String feature, List<float[][]> centres) implements AutoCloseable {

        static Keys of(List<Card> cards) {
            var feature =
                    cards.get(0).keys().keySet().stream().sorted().findFirst().orElseThrow(() -> keyless(cards.get(0)));
            return new Keys(
                    feature,
                    cards.stream()
                            .map(card -> rows(card.keys(feature).orElseThrow(() -> keyless(card))))
                            .toList());
        }

        private static float[][] rows(NDArray keys) {
            var numbers = keys.toFloatArray();
            var width = (int) keys.getShape().get(1);
            return IntStream.range(0, numbers.length / width)
                    .mapToObj(i -> Arrays.copyOfRange(numbers, i * width, (i + 1) * width))
                    .toArray(float[][]::new);
        }

        private static KarutaException keyless(Card card) {
            return new KarutaException(
                    "The selector \"sprompts\" compares samples with cluster centres, but card " + card.id()
                            + " has none.",
                    "Use the pool \"sprompts\".");
        }

        /** Minus the distance of the nearest centre. */
        double score(int card, float[] unit) {
            return -Arrays.stream(centres.get(card))
                    .mapToDouble(centre -> distance(centre, unit))
                    .min()
                    .orElseThrow();
        }

        private static double distance(float[] one, float[] other) {
            return IntStream.range(0, one.length)
                    .mapToDouble(i -> Math.abs((double) one[i] - other[i]))
                    .sum();
        }

        @Override
        public void close() {}
    }

    @Override
    public List<Selection> select(Calls calls) {
        var cards = calls.cards();
        if (cards.trainable().length > 0) {
            return calls.trained();
        }
        var keys = cards.once(Keys.class, Keys::of);
        return calls.each(call -> {
            var unit = unit(call, keys.feature());
            var scores = IntStream.range(0, cards.size())
                    .mapToDouble(i -> keys.score(i, unit))
                    .toArray();
            return Selection.top(cards, scores, 1);
        });
    }

    private static float[] unit(Call call, String feature) {
        var numbers = call.guidance()
                .feature(feature)
                .orElseThrow(() -> new KarutaException(
                        "The selector \"sprompts\" needs the " + feature + " feature of a sample that has no " + feature
                                + ".",
                        "Set \"feature\" of the pool to the other one, or leave such samples out."))
                .toFloatArray();
        var norm = Math.sqrt(IntStream.range(0, numbers.length)
                .mapToDouble(i -> (double) numbers[i] * numbers[i])
                .sum());
        for (var i = 0; i < numbers.length; i++) {
            numbers[i] /= (float) norm;
        }
        return numbers;
    }
}
