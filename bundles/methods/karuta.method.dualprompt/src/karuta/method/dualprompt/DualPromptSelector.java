package karuta.method.dualprompt;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * DualPrompt's choice: every card without a key, and one with: in training the one that is trained, afterwards the one whose key is
 * most like the query. A pool whose cards all have keys is chosen of as by K = 1.
 */
@Component(name = "selector.dualprompt", factory = Selector.KIND)
@Designate(ocd = DualPromptSelector.About.class)
@Paper("Wang, Zhang, Ebrahimi, Sun, Zhang, Lee, Ren, Su, Perot, Dy, Pfister: DualPrompt: Complementary Prompting for"
        + " Rehearsal-free Continual Learning, ECCV 2022, section 4")
public final class DualPromptSelector implements Selector {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "DualPrompt's selector",
            description = "The general card, and the expert card whose key is nearest.")
    public @interface About {}

    private Cards experts = Cards.of(List.of());

    @Override
    public List<Selection> select(Calls calls) {
        var byKey = calls.cards().all().stream()
                .collect(Collectors.partitioningBy(card -> card.keys().isEmpty()));
        var general = byKey.get(true);
        experts = experts.now(byKey.get(false));
        if (experts.size() == 0) {
            return calls.each(call -> with(general, Selection.NONE));
        }
        // a pool names what it is compared by; of two features the image's counts, as in the paper
        var feature =
                experts.get(0).keys().keySet().stream().sorted().findFirst().orElseThrow();
        var scores = CardSimilarity.cosines(new Calls(experts, calls.samples()), feature);
        return IntStream.range(0, scores.length)
                .mapToObj(i -> with(general, Selection.top(experts, scores[i], 1)))
                .toList();
    }

    private static Selection with(List<Card> general, Selection expert) {
        var picks = new ArrayList<Pick>();
        general.forEach(card -> picks.add(new Pick(card, Double.NaN)));
        picks.addAll(expert.picks());
        return new Selection(picks);
    }

    @Override
    public void close() {
        experts.close();
    }
}
