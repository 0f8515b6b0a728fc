package karuta.selector.threshold;

import java.util.List;
import java.util.stream.DoubleStream;
import karuta.api.Ability;
import karuta.api.Calls;
import karuta.api.Needs;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Chooses every card whose likeness {@code lambda cos(u, k) + (1 - lambda) cos(v, k)} to image u and instruction v is above a threshold:
 * another number of them for every sample, but at least {@code least}. Cards that are trained have their seats beside them. No paper
 * stands for it; the likeness is ModalPrompt's.
 */
@Component(name = "threshold", factory = Selector.KIND)
@Designate(ocd = ThresholdSelector.Options.class)
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class ThresholdSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "Threshold selector", description = "Every card that is like enough.")
    public @interface Options {

        @AttributeDefinition(
                description = "Likeness above which a card is chosen; the two cosines are mixed by lambda.",
                min = "-1",
                max = "1")
        double threshold() default 0.3;

        @AttributeDefinition(description = "How many of the frozen cards are chosen at least.", min = "0")
        int least() default 1;

        @AttributeDefinition(description = "Weight of the image; the instruction has the rest.", min = "0", max = "1")
        double lambda() default 0.5;
    }

    private final double threshold;
    private final int least;
    private final double lambda;

    @Activate
    public ThresholdSelector(Options options) {
        this(options.threshold(), options.least(), options.lambda());
    }

    ThresholdSelector(double threshold, int least, double lambda) {
        this.threshold = threshold;
        this.least = least;
        this.lambda = lambda;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(CardSimilarity.dual(calls, lambda), this::enough);
    }

    /** How many of the frozen cards with given scores, the best first. */
    private int enough(double[] best) {
        var above =
                (int) DoubleStream.of(best).filter(score -> score > threshold).count();
        return Math.max(above, least);
    }
}
