package karuta.tensor;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.api.Footprint;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.Stage;
import karuta.api.State;
import karuta.api.StrategyContext;

/**
 * The cards of a pool that makes some for a stage, trains all of their arrays, and then freezes them. A frozen card stays the same
 * object.
 */
public final class CardShelf {

    private final String pool;
    private final List<Card> cards = new ArrayList<>();
    private long trained;

    /**
     * Without cards.
     *
     * @param pool whose, for messages
     */
    public CardShelf(String pool) {
        this.pool = pool;
    }

    /** All cards, oldest first. */
    public List<Card> cards() {
        return List.copyOf(cards);
    }

    /** The task of a card made for a stage: none if the stage has several. */
    public static Optional<String> task(Stage stage) {
        return stage.tasks().size() == 1 ? Optional.of(stage.tasks().get(0)) : Optional.empty();
    }

    /** A name for a card: the one given, with a number where it is taken. */
    public String unused(String name) {
        return unused(name, cards.stream().map(Card::id).toList());
    }

    /** A name for a card: the one given, with a number where it is among those that are used. */
    static String unused(String name, List<String> used) {
        return Stream.concat(
                        Stream.of(name), Stream.iterate(2, number -> number + 1).map(number -> name + "#" + number))
                .filter(id -> !used.contains(id))
                .findFirst()
                .orElseThrow();
    }

    /** Adds cards that are trained from now on. Their arrays must live as long as the run. */
    public void train(List<Card> opened) {
        cards.addAll(opened);
        count();
    }

    /** Trains frozen cards again. */
    public void train(Predicate<Card> which) {
        cards.replaceAll(card -> which.test(card) ? with(card, true) : card);
        count();
    }

    private void count() {
        trained = size(cards.stream().filter(Card::trainable));
    }

    /** Freezes what is trained. */
    public void freeze() {
        freeze(card -> card);
    }

    /**
     * Freezes what is trained.
     *
     * @param closed what each trained card becomes
     */
    public void freeze(UnaryOperator<Card> closed) {
        cards.replaceAll(card -> card.trainable() ? with(closed.apply(card), false) : card);
    }

    private static Card with(Card card, boolean trainable) {
        return new Card(card.id(), card.task(), trainable, card.keys(), card.inserts(), card.weights());
    }

    /** Every array of the cards that are trained, by the card's id and what it is there. */
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        cards.stream()
                .filter(Card::trainable)
                .forEach(card -> arrays(card)
                        .forEach((name, array) -> parameters.add(new Parameter(card.id() + "." + name, array))));
        return parameters;
    }

    /** Keys, weights and what is inserted, by name. */
    private static Map<String, NDArray> arrays(Card card) {
        var arrays = new LinkedHashMap<String, NDArray>();
        new TreeMap<>(card.keys()).forEach((name, key) -> arrays.put("key." + name, key));
        new TreeMap<>(card.weights()).forEach((name, weight) -> arrays.put("weight." + name, weight));
        card.inserts().forEach(insert -> add(insert, arrays));
        return arrays;
    }

    private static void add(Insert insert, Map<String, NDArray> arrays) {
        if (insert instanceof Tokens tokens) {
            arrays.put("tokens", tokens.embeddings());
        } else if (insert instanceof Prefix prefix) {
            arrays.put("layer." + prefix.layer() + ".keys", prefix.keys());
            arrays.put("layer." + prefix.layer() + ".values", prefix.values());
        } else if (insert instanceof Adapter adapter && adapter.delta() instanceof LoraLayer pair) {
            arrays.put(adapter.linear() + ".a", pair.a());
            arrays.put(adapter.linear() + ".b", pair.b());
        }
    }

    /** What the last stage trained, and what all frozen cards keep. */
    public Footprint footprint() {
        return new Footprint(trained, size(cards.stream().filter(card -> !card.trainable())), 0, 0);
    }

    /** Arrays that are there twice count once. */
    private static long size(Stream<Card> cards) {
        var arrays = Collections.<NDArray>newSetFromMap(new IdentityHashMap<>());
        cards.forEach(card -> arrays.addAll(arrays(card).values()));
        return arrays.stream().mapToLong(NDArray::size).sum();
    }

    /** All cards, those that are trained too. */
    public State save() {
        var state = CardState.write(cards);
        var metadata = new HashMap<>(state.metadata());
        metadata.put(SavedNames.TRAINED, String.valueOf(trained));
        return new State(state.tensors(), metadata);
    }

    /**
     * Takes up what {@link #save} gave.
     *
     * @param context of the run, which gets the arrays
     * @param fits whether a card is one of this run's pool
     * @throws KarutaException if one is not
     */
    public void load(State state, StrategyContext context, Predicate<Card> fits) {
        cards.clear();
        for (var card : CardState.read(state, context)) {
            if (!fits.test(card)) {
                throw new KarutaException(
                        "The kept state of the pool \"" + pool + "\" has the card \"" + card.id()
                                + "\", whose sizes are not those of this run.",
                        "Go on with the options, backbone and encoder that it was made with.");
            }
            cards.add(card);
        }
        trained = Long.parseLong(state.metadata().getOrDefault(SavedNames.TRAINED, "0"));
    }
}
