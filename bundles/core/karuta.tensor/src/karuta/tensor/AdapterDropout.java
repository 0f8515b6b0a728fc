package karuta.tensor;

import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Delta;
import karuta.api.RandomStream;

/** Low-rank adapters with dropout for one training step, as PEFT has it: every adapter drops parts of its own input. */
public final class AdapterDropout {

    private final double probability;
    private final RandomStream random;
    private final Map<Delta, Delta> dropping = new IdentityHashMap<>();
    private final Map<String, Integer> seen = new HashMap<>();

    private AdapterDropout(double probability, RandomStream random) {
        this.probability = probability;
        this.random = random;
    }

    /**
     * The same inserts with dropout. What samples shared, they share still, so that it is computed for all of them at once.
     *
     * @param inserts of each sample
     * @param probability with which a number of an adapter's input does not count
     * @param random of the step
     */
    public static List<List<Insert>> in(List<List<Insert>> inserts, double probability, RandomStream random) {
        if (probability == 0) {
            return inserts;
        }
        var dropout = new AdapterDropout(probability, random.fork("dropout"));
        return inserts.stream()
                .map(each -> each.stream().map(dropout::in).toList())
                .toList();
    }

    private Insert in(Insert insert) {
        return insert instanceof Adapter adapter && adapter.delta() instanceof LoraLayer layer
                ? new Adapter(
                        adapter.linear(),
                        dropping.computeIfAbsent(layer, fresh -> dropping(adapter.linear(), layer)),
                        adapter.weight())
                : insert;
    }

    private LoraLayer dropping(String linear, LoraLayer layer) {
        return layer.dropping(probability, random.fork(linear).bits(seen.merge(linear, 1, Integer::sum)));
    }
}
