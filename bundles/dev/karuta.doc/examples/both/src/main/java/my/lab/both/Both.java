package my.lab.both;

import java.util.List;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** Chooses the K cards that are like image and instruction both: {@code (1 + cos(u, p)) / 2 * (1 + cos(v, p)) / 2}, a product. */
@Component(name = "both", factory = Selector.KIND)
@Designate(ocd = Both.Options.class)
public final class Both implements Selector {

    @ObjectClassDefinition(description = "Chooses the cards that are like both image and instruction, by a product.")
    public @interface Options {
        @AttributeDefinition(description = "How many cards are used at once (K).", min = "1")
        int k() default 3;
    }

    private final int k;

    @Activate
    public Both(Options options) {
        k = options.k();
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(k, CardSimilarity.joined(calls, CardSimilarity::cosines, (u, v) -> (1 + u) * (1 + v) / 4));
    }
}
