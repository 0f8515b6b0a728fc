package karuta.check;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import karuta.api.Card;
import karuta.api.Insert;

/** All arrays of a card by what they are there; of a delta, those that a record has. */
final class CardArrays {

    private CardArrays() {}

    static Map<String, NDArray> of(Card card) {
        var arrays = new LinkedHashMap<String, NDArray>();
        new TreeMap<>(card.keys()).forEach((name, key) -> arrays.put("key " + name, key));
        new TreeMap<>(card.weights()).forEach((name, weight) -> arrays.put("weight " + name, weight));
        for (var i = 0; i < card.inserts().size(); i++) {
            add("insert " + i, card.inserts().get(i), arrays);
        }
        return arrays;
    }

    private static void add(String name, Insert insert, Map<String, NDArray> arrays) {
        if (insert instanceof Insert.Adapter adapter) {
            if (adapter.delta() instanceof Record delta) {
                components(name + " " + adapter.linear(), delta, arrays);
            }
        } else {
            components(name, (Record) insert, arrays);
        }
    }

    private static void components(String name, Record owner, Map<String, NDArray> arrays) {
        for (var component : owner.getClass().getRecordComponents()) {
            try {
                var accessor = component.getAccessor();
                accessor.setAccessible(true);
                if (accessor.invoke(owner) instanceof NDArray array) {
                    arrays.put(name + " " + component.getName(), array);
                }
            } catch (ReflectiveOperationException unreadable) {
                throw new IllegalStateException("a record does not give its component", unreadable);
            }
        }
    }
}
