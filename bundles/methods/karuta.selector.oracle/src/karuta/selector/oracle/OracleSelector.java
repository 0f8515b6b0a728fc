package karuta.selector.oracle;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Ability;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Needs;
import karuta.api.Selection;
import karuta.api.Selector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Chooses the card of the true task, which no method knows at inference: what a perfect selector would reach. A sample
 * of a task without a card gets none.
 */
@Component(name = "oracle", factory = Selector.KIND)
@Designate(ocd = OracleSelector.Options.class)
@Needs(Ability.TRUE_TASK)
public final class OracleSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(
            name = "Oracle selector",
            description = "Chooses the card of the true task. For analysis only: the arm must say so.")
    public @interface Options {

        @AttributeDefinition(
                description =
                        "How many cards are used at once (K). The places before the true card go to the newest others.",
                min = "1")
        int k() default 1;
    }

    private final int k;

    @Activate
    public OracleSelector(Options options) {
        this(options.k());
    }

    OracleSelector(int k) {
        this.k = k;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.each(this::select);
    }

    private Selection select(Call call) {
        var truth = call.trueTask()
                .orElseThrow(() -> new KarutaException(
                        "The selector \"oracle\" needs the true task, which this arm does not reveal.",
                        "Set \"analysis: true\" in the arm, so that its numbers are marked as no method's, or use"
                                + " another selector."));
        var cards = call.cards();
        if (cards.all().stream().noneMatch(card -> answers(card, truth) || card.trainable())) {
            return Selection.NONE;
        }
        var scores = IntStream.range(0, cards.size())
                .mapToDouble(i -> answers(cards.get(i), truth) ? cards.size() : i)
                .toArray();
        return Selection.top(cards, scores, k);
    }

    private static boolean answers(Card card, String truth) {
        return card.task().filter(truth::equals).isPresent();
    }
}
