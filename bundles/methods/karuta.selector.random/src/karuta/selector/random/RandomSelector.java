package karuta.selector.random;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * The null of the selector: all cards are equally likely in every place. What is chosen depends on the sample alone.
 */
@Component(name = "random", factory = Selector.KIND)
@Designate(ocd = RandomSelector.Options.class)
public final class RandomSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "Random selector", description = "Chooses cards blindly.")
    public @interface Options {

        @AttributeDefinition(
                description = "How many cards are used at once (K); in training, one of them is the open one.",
                min = "1")
        int k() default 3;
    }

    private final int k;

    @Activate
    public RandomSelector(Options options) {
        this(options.k());
    }

    RandomSelector(int k) {
        this.k = k;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.each(this::select);
    }

    private Selection select(Call call) {
        var lots = IntStream.range(0, call.cards().size())
                .mapToDouble(call.random()::uniform)
                .toArray();
        var chosen = Selection.top(call.cards(), lots, k).picks();
        return new Selection(
                chosen.stream().map(pick -> new Pick(pick.card(), Double.NaN)).toList());
    }
}
