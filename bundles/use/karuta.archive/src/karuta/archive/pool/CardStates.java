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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.safetensors.SafeTensors;
import karuta.safetensors.SealedTensors;

/**
 * What the strategies of an arm keep, taken apart into a file per card and one for the rest, and put together again. Pools keep a
 * card's arrays and notes as {@code card.N.NAME}, N being its place; in the card's file they are called {@code PLACE/NAME}, so
 * that the file stays the same whatever cards are learned or removed beside it.
 *
 * @param cards in their order
 * @param rest what belongs to no card alone, a safetensors file
 */
public record CardStates(List<Part> cards, byte[] rest) {

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

    /** Arrays and notes by name. */
    private record Bag(Map<String, NDArray> tensors, Map<String, String> notes) {

        Bag() {
            this(new TreeMap<>(), new TreeMap<>());
        }

        byte[] file() {
            return SealedTensors.bytes(tensors, notes);
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
                    "Take a run of an arm with a pool, such as ModalPrompt's \"prototype\".");
        }
        return new CardStates(cards.values().stream().map(CardStates::part).toList(), rest.file());
    }

    /**
     * Takes a run's checkpoint apart.
     *
     * @param name of the file, for messages
     * @throws KarutaException if it is damaged, or no strategy keeps cards
     */
    public static CardStates ofCheckpoint(String name, byte[] bytes) {
        try (var manager = NDManager.newBaseManager(Device.cpu())) {
            return split(states(read(name, bytes, manager)));
        }
    }

    private static <T> BiConsumer<String, T> sorted(
            String place, Map<Integer, Bag> cards, Bag rest, Function<Bag, Map<String, T>> kind) {
        return (name, value) -> {
            var match = OF_CARD.matcher(name);
            if (match.matches()) {
                kind.apply(cards.computeIfAbsent(number(match), n -> new Bag()))
                        .put(place + "/" + match.group(2), value);
            } else {
                kind.apply(rest).put(place + "/" + name, value);
            }
        };
    }

    private static int number(Matcher match) {
        return Integer.parseInt(match.group(1));
    }

    private static Part part(Bag card) {
        var id = note(card.notes(), ID)
                .orElseThrow(() -> new KarutaException(
                        "A card does not say its name.", "Let its pool keep it as the class CardState does."));
        return new Part(id, note(card.notes(), TASK), card.file());
    }

    private static Optional<String> note(Map<String, String> notes, String name) {
        return notes.entrySet().stream()
                .filter(note -> note.getKey().endsWith("/" + name))
                .map(Map.Entry::getValue)
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
        var places = new HashMap<>(read("state", rest, manager));
        var numbers = new HashMap<String, Integer>();
        var number = 0;
        for (var card : cards.entrySet()) {
            var prefix = "card." + number++ + ".";
            read(card.getKey(), card.getValue(), manager).forEach((place, bag) -> {
                var whole = places.computeIfAbsent(place, p -> new Bag());
                bag.tensors().forEach((name, tensor) -> whole.tensors().put(prefix + name, tensor));
                bag.notes().forEach((name, note) -> whole.notes().put(prefix + name, note));
                whole.notes().replace(prefix + ID, card.getKey()); // it may have been renamed
                numbers.merge(place, 1, Integer::sum);
            });
        }
        numbers.forEach((place, count) -> places.get(place).notes().put(COUNT, String.valueOf(count)));
        return states(places);
    }

    private static Map<String, State> states(Map<String, Bag> places) {
        var states = new HashMap<String, State>();
        places.forEach((place, bag) -> states.put(place, new State(bag.tensors(), bag.notes())));
        return states;
    }

    /** What a file holds, by place. */
    private static Map<String, Bag> read(String file, byte[] bytes, NDManager manager) {
        var places = new HashMap<String, Bag>();
        try (var tensors = SealedTensors.of(Path.of(file), bytes)) {
            tensors.names().forEach(name -> {
                var at = placed(file, name);
                places.computeIfAbsent(at[0], p -> new Bag()).tensors().put(at[1], array(tensors, name, manager));
            });
            SealedTensors.notes(tensors).forEach((name, text) -> {
                var at = placed(file, name);
                places.computeIfAbsent(at[0], p -> new Bag()).notes().put(at[1], text);
            });
        }
        return places;
    }

    private static NDArray array(SafeTensors tensors, String name, NDManager manager) {
        return tensors.readFinite(name, manager, tensors.info(name).dtype().type());
    }

    private static String[] placed(String file, String name) {
        var parts = name.split("/", 2);
        if (parts.length < 2) {
            throw new KarutaException(
                    file + " holds \"" + name + "\", which belongs to no strategy.", "Take a file that Karuta wrote.");
        }
        return parts;
    }
}
