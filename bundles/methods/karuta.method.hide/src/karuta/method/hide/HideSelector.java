package karuta.method.hide;

import java.util.List;
import karuta.api.Ability;
import karuta.api.Calls;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.api.StrategyBase;
import karuta.tensor.CardSimilarity;
import karuta.tensor.SoftmaxChoice;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * HiDe-LLaVA's choice: all cards, weighted by {@code softmax(s / temperature)} with s the mean of the cosines of image and text.
 * In training the open card alone.
 */
@Component(name = "selector.hide", factory = Selector.KIND)
@Designate(ocd = HideSelector.Options.class)
@Paper("Guo et al.: HiDe-LLaVA, ACL 2025; details from the code, github.com/Ghy0501/HiDe-LLaVA")
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class HideSelector extends StrategyBase implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(
            name = "HiDe-LLaVA",
            description = "All cards, weighted by how like the sample their tasks are.")
    public @interface Options {

        @AttributeDefinition(
                description = "The smaller, the more the nearest card counts.",
                min = "0.0001",
                max = "1000")
        double temperature() default 0.1;

        @AttributeDefinition(
                description = "Weight of the image's cosine; the text's is 1 - lambda.",
                min = "0",
                max = "1")
        double lambda() default 0.5;
    }

    private final double temperature;
    private final double lambda;

    @Activate
    public HideSelector(Options options) {
        temperature = options.temperature();
        lambda = options.lambda();
    }

    @Override
    public List<Selection> select(Calls calls) {
        return SoftmaxChoice.of(calls, all -> CardSimilarity.dual(all, lambda), temperature, context());
    }
}
