package karuta.method.progressive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.KarutaException;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Progressive Prompts' choice: all cards, the newest first and farthest from the text, the oldest last, as published. The published
 * method is told the task of a question and takes the prompts up to that task's; here nobody tells, and it takes all that were learned,
 * unless an arm for analysis asks for the published way. Without selection there are more tokens with every task.
 */
@Component(name = "selector.progressive", factory = Selector.KIND)
@Designate(ocd = ProgressiveSelector.Options.class)
@Paper("Razdaibiedina, Mao, Hou, Khabsa, Lewis, Almahairi: Progressive Prompts: Continual Learning for Language Models,"
        + " ICLR 2023, section 3")
public final class ProgressiveSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "Progressive Prompts' choice", description = "All cards, the newest first.")
    public @interface Options {

        @AttributeDefinition(
                description =
                        "Whether only cards up to that of the true task are taken, as published. For analysis only: the"
                                + " arm must say so.")
        boolean knownTask() default false;
    }

    private final boolean knownTask;

    @Activate
    public ProgressiveSelector(Options options) {
        this(options.knownTask());
    }

    ProgressiveSelector(boolean knownTask) {
        this.knownTask = knownTask;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.each(call -> {
            var picks = new ArrayList<>(
                    known(call).stream().map(card -> new Pick(card, Double.NaN)).toList());
            Collections.reverse(picks);
            return new Selection(picks);
        });
    }

    /** While a card is trained, all of them: its own is the newest. */
    private List<Card> known(Call call) {
        var cards = call.cards().all();
        if (!knownTask || call.cards().trainable().length > 0) {
            return cards;
        }
        var truth = call.trueTask()
                .orElseThrow(() -> new KarutaException(
                        "The selector \"progressive\" with \"knownTask\" needs the true task, which this arm does not"
                                + " reveal.",
                        "Set \"analysis: true\" in the arm, so that its numbers are marked as no method's, or leave"
                                + " \"knownTask\" out."));
        var last = cards.size() - 1;
        while (last >= 0 && cards.get(last).task().filter(truth::equals).isEmpty()) {
            last--;
        }
        return last < 0 ? cards : cards.subList(0, last + 1);
    }
}
