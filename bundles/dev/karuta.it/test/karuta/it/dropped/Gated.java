package karuta.it.dropped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import karuta.api.Calls;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;

/** Takes as many cards as a file in its jar says, once the test's gate, a service, lets it through. */
public final class Gated implements Selector {

    /** A property of the gate. */
    public static final String GATE = "karuta.it.gate";

    /** In the jar. */
    public static final String CARDS = "cards.txt";

    private final int cards;

    /** Reads the jar that the class is in. */
    public Gated() {
        try (var file = Gated.class.getResourceAsStream("/" + CARDS)) {
            cards = Integer.parseInt(new String(file.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public List<Selection> select(Calls calls) {
        var context = FrameworkUtil.getBundle(Gated.class).getBundleContext();
        gates(context).forEach(Runnable::run);
        return calls.top(cards, CardSimilarity.text(calls));
    }

    private static List<Runnable> gates(BundleContext context) {
        try {
            return context.getServiceReferences(Runnable.class, "(" + GATE + "=*)").stream()
                    .map(context::getService)
                    .toList();
        } catch (InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
