package karuta.prompt.methods;

import java.util.Arrays;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;

/** Another number of cards for every sample: all that are like enough. */
record ThresholdSelector(double enough) implements Selector {

    @Override
    public Selection select(Call call) {
        var image = CardSimilarity.image(call);
        var text = CardSimilarity.text(call);
        var scores = IntStream.range(0, image.length)
                .mapToDouble(i -> (image[i] + text[i]) / 2)
                .toArray();
        var open = call.cards().stream().filter(card -> card.trainable()).count();
        var alike = IntStream.range(0, scores.length)
                .filter(i -> !call.cards().get(i).trainable() && scores[i] > enough)
                .count();
        return Selection.top(call, Arrays.copyOf(scores, scores.length), (int) (open + alike));
    }
}
