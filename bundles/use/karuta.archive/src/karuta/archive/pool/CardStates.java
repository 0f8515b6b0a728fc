package karuta.archive.pool;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.safetensors.SealedStates;
import karuta.safetensors.SealedTensors;
import karuta.tensor.TorchEngine;

/**
 * What the strategies of an arm keep, taken apart into a file per card and one for the rest, and put together again. Pools keep a
 * card's arrays and notes as {@code card.N.NAME}, N being its place; in the card's file they are called {@code PLACE/NAME}, so
 * that the file stays the same whatever cards are learned or removed beside it.
 *
 * @param cards in their order
 * @param rest what belongs to no card alone, a safetensors file
 */
public record CardStates(List<Part> cards, byte[] rest) {

    /** The place of what a card knows of its own samples. No strategy of an arm stands there, and none gets it. */
    public static final String OWN = "own";

    private static final Pattern OF_CARD = Pattern.compile("card\\.(\\d{1,9})\\.(.+)");
    private static final String COUNT = "cards";
    private static final String ID = "id";
    private static final String TASK = "task";

    /**
     * A card.
     *
     * @param id unique in the arm
     * @param task that it was made for; empty for a card of several
     * @param tensors its safetensors file
     */
    public record Part(String id, Optional<String> task, byte[] tensors) {}

    /** States by place that are being put together. */
    private record Bag(Map<String, Map<String, NDArray>> tensors, Map<String, Map<String, String>> notes) {

        Bag() {
            this(new HashMap<>(), new HashMap<>());
        }

        Map<String, State> states() {
            var states = new HashMap<String, State>();
            tensors.forEach((place, arrays) ->
                    states.put(place, new State(arrays, notes.getOrDefault(place, Map.of()))));
            notes.forEach((place, texts) -> states.putIfAbsent(place, new State(Map.of(), texts)));
            return states;
        }

        static <T> Map<String, T> at(Map<String, Map<String, T>> places, String place) {
            return places.computeIfAbsent(place, p -> new HashMap<>());
        }
    }

    /** Copies the list. */
    public CardStates {
        cards = List.copyOf(cards);
    }

    /**
     * Takes apart.
     *
     * @param states by place: {@code pool}, {@code selector}
     * @throws KarutaException if no strategy keeps cards
     */
    public static CardStates split(Map<String, State> states) {
        var cards = new TreeMap<Integer, Bag>();
        var rest = new Bag();
        states.forEach((place, state) -> {
            state.tensors().forEach(sorted(place, cards, rest, Bag::tensors));
            var notes = new HashMap<>(state.metadata());
            if (notes.keySet().stream().anyMatch(name -> OF_CARD.matcher(name).matches())) {
                notes.remove(COUNT);
            }
            notes.forEach(sorted(place, cards, rest, Bag::notes));
        });
        if (cards.isEmpty()) {
            throw new KarutaException(
                    "The arm keeps no cards.",
                    "Take an arm whose pool has a card for each task, such as ModalPrompt's \"prototype\".");
        }
        return new CardStates(
                cards.values().stream().map(Bag::states).map(CardStates::part).toList(),
                SealedStates.bytes(rest.states()));
    }

    /**
     * Takes a run's checkpoint apart.
     *
     * @param name of the file, for messages
     * @throws KarutaException if it is damaged, or no strategy keeps cards
     */
    public static CardStates ofCheckpoint(String name, byte[] bytes) {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return split(read(name, bytes, manager));
        }
    }

    private static <T> BiConsumer<String, T> sorted(
            String place, Map<Integer, Bag> cards, Bag rest, Function<Bag, Map<String, Map<String, T>>> kind) {
        return (name, value) -> {
            var match = OF_CARD.matcher(name);
            var card = match.matches();
            var bag = card ? cards.computeIfAbsent(Integer.parseInt(match.group(1)), n -> new Bag()) : rest;
            Bag.at(kind.apply(bag), place).put(card ? match.group(2) : name, value);
        };
    }

    private static Part part(Map<String, State> card) {
        var id = note(card, ID)
                .orElseThrow(() -> new KarutaException(
                        "A card does not say its name.", "Let its pool keep it as the class CardState does."));
        return new Part(id, note(card, TASK), SealedStates.bytes(card));
    }

    private static Optional<String> note(Map<String, State> card, String name) {
        return card.values().stream()
                .flatMap(state -> Optional.ofNullable(state.metadata().get(name)).stream())
                .findFirst();
    }

    /**
     * Puts together.
     *
     * @param cards their files in their order, by the names that they shall have
     * @param rest the file of the rest
     * @param manager gets the arrays
     * @return by place
     * @throws KarutaException if a file is damaged
     */
    public static Map<String, State> join(Map<String, byte[]> cards, byte[] rest, NDManager manager) {
        var whole = new Bag();
        read("state", rest, manager).forEach((place, state) -> put(whole, place, "", state));
        var numbers = new HashMap<String, Integer>();
        var number = 0;
        for (var card : cards.entrySet()) {
            var prefix = "card." + number++ + ".";
            var states = new HashMap<>(read(card.getKey(), card.getValue(), manager));
            states.remove(OWN);
            states.forEach((place, state) -> {
                put(whole, place, prefix, state);
                Bag.at(whole.notes(), place).replace(prefix + ID, card.getKey()); // it may have been renamed
                numbers.merge(place, 1, Integer::sum);
            });
        }
        numbers.forEach((place, count) -> Bag.at(whole.notes(), place).put(COUNT, String.valueOf(count)));
        return whole.states();
    }

    private static void put(Bag whole, String place, String prefix, State state) {
        state.tensors().forEach((name, tensor) -> Bag.at(whole.tensors(), place).put(prefix + name, tensor));
        state.metadata().forEach((name, note) -> Bag.at(whole.notes(), place).put(prefix + name, note));
    }

    /**
     * The file of a card with its numbers stored another way, or as strategies get them again.
     *
     * @param name of the card, for messages
     * @throws KarutaException if the file is damaged
     */
    public static byte[] packed(String name, byte[] card, Packing packing) {
        return rewritten(name, card, UnaryOperator.identity(), packing);
    }

    /**
     * The file of a card whose states are others.
     *
     * @param change of them; arrays are in a manager that lives until it is written
     * @throws KarutaException if the file is damaged
     */
    public static byte[] rewritten(
            String name, byte[] card, UnaryOperator<Map<String, State>> change, Packing packing) {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return SealedStates.bytes(packing.pack(change.apply(read(name, card, manager))));
        }
    }

    /**
     * What a card's file holds, as strategies get it.
     *
     * @param name of the card, for messages
     * @param manager gets the arrays
     * @return by place; names as {@code PLACE/NAME} has them, without the card's number
     * @throws KarutaException if the file is damaged
     */
    public static Map<String, State> states(String name, byte[] card, NDManager manager) {
        return read(name, card, manager);
    }

    /** What a file holds, by place. */
    static Map<String, State> read(String file, byte[] bytes, NDManager manager) {
        try (var tensors = SealedTensors.of(Path.of(file), bytes)) {
            Stream.concat(tensors.names().stream(), SealedTensors.notes(tensors).keySet().stream())
                    .filter(name -> !name.contains("/"))
                    .findFirst()
                    .ifPresent(name -> {
                        throw new KarutaException(
                                file + " holds \"" + name + "\", which belongs to no strategy.",
                                "Take a file that Karuta wrote.");
                    });
            return Packing.unpack(file, SealedStates.read(tensors, manager));
        }
    }
}
