package karuta.it.dropped;

import java.util.List;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selector;

/** Is packed into bundles of its own by the tests. */
public final class Explodes implements Selector {

    @Override
    public List<Selection> select(Calls calls) {
        throw new UnsupportedOperationException("on purpose");
    }
}
