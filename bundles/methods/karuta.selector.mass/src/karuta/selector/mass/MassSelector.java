package karuta.selector.mass;

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
 * Chooses as few cards as make up a share of all likeness: with s the likeness {@code lambda cos(u, k) + (1 - lambda) cos(v, k)} to image
 * u and instruction v, the best cards until their {@code softmax(s / temperature)} over all frozen cards sums to {@code mass}, at least
 * one. Where the best card stands out it is alone, where many are alike there are many. Cards that are trained have their seats beside
 * them. No paper stands for it (nucleus sampling chooses so among words); the likeness is ModalPrompt's.
 */
@Component(name = "mass", factory = Selector.KIND)
@Designate(ocd = MassSelector.Options.class)
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class MassSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "Mass selector", description = "As many cards as make up a share of the likeness.")
    public @interface Options {

        @AttributeDefinition(description = "The share of all likeness that is enough.", min = "0", max = "1")
        double mass() default 0.9;

        @AttributeDefinition(
                description = "What scores are divided by before the softmax; the smaller, the fewer cards.",
                min = "0.0001")
        double temperature() default 0.1;

        @AttributeDefinition(description = "Weight of the image; the instruction has the rest.", min = "0", max = "1")
        double lambda() default 0.5;
    }

    private final double mass;
    private final double temperature;
    private final double lambda;

    @Activate
    public MassSelector(Options options) {
        this(options.mass(), options.temperature(), options.lambda());
    }

    MassSelector(double mass, double temperature, double lambda) {
        this.mass = mass;
        this.temperature = temperature;
        this.lambda = lambda;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(CardSimilarity.dual(calls, lambda), this::enough);
    }

    /** How many of the frozen cards with given scores, the best first. */
    private int enough(double[] best) {
        var powers = DoubleStream.of(best)
                .map(score -> Math.exp((score - best[0]) / temperature))
                .toArray();
        var left = mass * DoubleStream.of(powers).sum();
        var n = 1;
        for (; n < powers.length && (left -= powers[n - 1]) > 0; n++) {}
        return n;
    }
}
