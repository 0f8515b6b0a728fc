package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.api.StrategyContext;

/**
 * Cards as a pool keeps them in its state: keys as {@code card.I.key.FEATURE}, weights as {@code card.I.weight.NAME}, what it
 * inserts below {@code card.I.J.}, the rest as metadata.
 */
public final class CardState {

    private final Map<String, NDArray> tensors;
    private final Map<String, String> metadata;

    private CardState(Map<String, NDArray> tensors, Map<String, String> metadata) {
        this.tensors = tensors;
        this.metadata = metadata;
    }

    /**
     * Writes cards of soft tokens, prefixes and low-rank adapters without dropout.
     *
     * @throws KarutaException if a card inserts something else
     */
    public static State write(List<Card> cards) {
        var state = new CardState(new HashMap<>(), new HashMap<>());
        state.metadata.put("cards", String.valueOf(cards.size()));
        IntStream.range(0, cards.size()).forEach(i -> state.write("card." + i, cards.get(i)));
        return new State(state.tensors, state.metadata);
    }

    /** Reads what {@link #write} wrote, into arrays that live as long as the run. */
    public static List<Card> read(State state, StrategyContext context) {
        var kept = new CardState(state.tensors(), state.metadata());
        return IntStream.range(0, Integer.parseInt(state.metadata().getOrDefault("cards", "0")))
                .mapToObj(i -> kept.read("card." + i, context))
                .toList();
    }

    private void write(String name, Card card) {
        metadata.put(name + ".id", card.id());
        metadata.put(name + ".trainable", String.valueOf(card.trainable()));
        card.task().ifPresent(task -> metadata.put(name + ".task", task));
        card.keys().forEach((feature, key) -> tensors.put(name + ".key." + feature, key));
        card.weights().forEach((weight, value) -> tensors.put(name + ".weight." + weight, value));
        for (var j = 0; j < card.inserts().size(); j++) {
            write(name + "." + j, card, card.inserts().get(j));
        }
    }

    private void write(String name, Card card, Insert insert) {
        if (insert instanceof Tokens tokens) {
            metadata.put(name, "tokens");
            tensors.put(name + ".tokens", tokens.embeddings());
        } else if (insert instanceof Prefix prefix) {
            metadata.put(name, "prefix " + prefix.layer());
            tensors.put(name + ".keys", prefix.keys());
            tensors.put(name + ".values", prefix.values());
        } else if (insert instanceof Adapter adapter
                && adapter.weight().isEmpty()
                && adapter.delta() instanceof LoraLayer pair) {
            metadata.put(name, "adapter " + pair.scale() + " " + adapter.linear());
            tensors.put(name + ".a", pair.a());
            tensors.put(name + ".b", pair.b());
        } else {
            throw new KarutaException(
                    "The card \"" + card.id()
                            + "\" inserts something that is neither soft tokens nor a prefix nor a low-rank"
                            + " adapter.",
                    "Let its pool write and read its state itself.");
        }
    }

    private Card read(String name, StrategyContext context) {
        var inserts = new ArrayList<Insert>();
        for (var j = 0; metadata.containsKey(name + "." + j); j++) {
            inserts.add(insert(name + "." + j, context));
        }
        return new Card(
                metadata.getOrDefault(name + ".id", name),
                Optional.ofNullable(metadata.get(name + ".task")),
                Boolean.parseBoolean(metadata.get(name + ".trainable")),
                below(name + ".key.", context),
                inserts,
                below(name + ".weight.", context));
    }

    private Map<String, NDArray> below(String prefix, StrategyContext context) {
        var found = new HashMap<String, NDArray>();
        tensors.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                found.put(name.substring(prefix.length()), context.keep(value));
            }
        });
        return found;
    }

    private Insert insert(String name, StrategyContext context) {
        var words = metadata.getOrDefault(name, "").split(" ", 3);
        return switch (words[0]) {
            case "prefix" ->
                new Prefix(Integer.parseInt(words[1]), kept(name + ".keys", context), kept(name + ".values", context));
            case "adapter" ->
                new Adapter(
                        words[2],
                        new LoraLayer(
                                kept(name + ".a", context), kept(name + ".b", context), Double.parseDouble(words[1])));
            default -> new Tokens(kept(name + ".tokens", context));
        };
    }

    private NDArray kept(String name, StrategyContext context) {
        return Optional.ofNullable(tensors.get(name))
                .map(context::keep)
                .orElseThrow(() -> new KarutaException(
                        "The saved state of a pool has no tensor " + name + ".",
                        "Go on with a state that the same pool saved."));
    }
}
