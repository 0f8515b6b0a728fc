package my.lab.euclid;

import java.util.List;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import karuta.tensor.Likeness;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Chooses the K cards whose keys are nearest to image and instruction together, by the sum of both Euclidean distances. */
@Component(name = "euclid", factory = Selector.KIND)
@Designate(ocd = Euclid.Options.class)
public final class Euclid implements Selector {

    @ObjectClassDefinition(description = "Chooses the cards that are nearest by Euclidean distance.")
    public @interface Options {
        @AttributeDefinition(description = "How many cards are used at once (K).", min = "1")
        int k() default 3;
    }

    private final int k;

    @Activate
    public Euclid(Options options) {
        k = options.k();
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(k, CardSimilarity.joined(calls, Likeness.EUCLIDEAN::scores, Double::sum));
    }
}
