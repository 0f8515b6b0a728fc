package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.HashSet;
import java.util.List;
import karuta.api.Card;
import karuta.api.Insert.Adapter;
import karuta.api.PromptedInput;
import karuta.tensor.LoraLayer;

/** What holds of methods that train the adapters of one card alone. */
public final class AdapterContract {

    private AdapterContract() {}

    /**
     * In a training step every sample gets the adapters of one card and no others, all samples the same objects, each adapter with a
     * dropout of its own.
     *
     * @param card that is trained
     * @param prompted what the samples of the step get
     * @param dropout of every adapter
     */
    public static void trainsAlone(Card card, List<PromptedInput> prompted, double dropout) {
        var first = prompted.get(0).inserts();
        var seeds = new HashSet<Long>();
        assertEquals(card.inserts().size(), first.size());
        for (var i = 0; i < first.size(); i++) {
            var stored = (Adapter) card.inserts().get(i);
            var used = (Adapter) first.get(i);
            var layer = (LoraLayer) used.delta();
            assertEquals(stored.linear(), used.linear());
            assertSame(((LoraLayer) stored.delta()).a(), layer.a());
            assertSame(((LoraLayer) stored.delta()).b(), layer.b());
            assertEquals(dropout, layer.dropout());
            seeds.add(layer.seed());
            for (var other : prompted) {
                assertSame(used.delta(), ((Adapter) other.inserts().get(i)).delta());
            }
        }
        assertEquals(first.size(), seeds.size(), "Every adapter drops parts of its own.");
    }
}
