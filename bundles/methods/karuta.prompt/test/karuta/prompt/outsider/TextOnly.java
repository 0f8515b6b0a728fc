package karuta.prompt.outsider;

import java.util.List;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.osgi.service.component.annotations.Component;

/** Chooses the three cards that are most like the instruction. */
@Component(name = "text-only", factory = Selector.KIND)
public final class TextOnly implements Selector {

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(3, CardSimilarity.text(calls));
    }
}
