package karuta.it.dropped;

import karuta.api.Call;
import karuta.api.Selection;
import karuta.api.Selector;

/** Is packed into bundles of its own by the tests. */
public final class Explodes implements Selector {

    @Override
    public Selection select(Call call) {
        throw new UnsupportedOperationException("on purpose");
    }
}
