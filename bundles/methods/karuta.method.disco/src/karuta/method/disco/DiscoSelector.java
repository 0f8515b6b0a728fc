package karuta.method.disco;

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
 * DISCO's choice: all cards, weighted by {@code softmax(cos / temperature)} of the text's cosines, for each sample alone; the
 * authors' code takes the mean text of a batch. In training the open card alone.
 */
@Component(name = "selector.disco", factory = Selector.KIND)
@Designate(ocd = DiscoSelector.Options.class)
@Paper(
        "Guo et al.: Federated Continual Instruction Tuning, ICCV 2025 (DISCO); details from the code, github.com/Ghy0501/FCIT")
@Needs(Ability.TEXT_FEATURES)
public final class DiscoSelector extends StrategyBase implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "DISCO", description = "All cards, weighted by how like the text their tasks are.")
    public @interface Options {

        @AttributeDefinition(
                description = "The smaller, the more the nearest card counts.",
                min = "0.0001",
                max = "1000")
        double temperature() default 0.05;
    }

    private final double temperature;

    @Activate
    public DiscoSelector(Options options) {
        temperature = options.temperature();
    }

    @Override
    public List<Selection> select(Calls calls) {
        return SoftmaxChoice.of(calls, CardSimilarity::text, temperature, context());
    }
}
