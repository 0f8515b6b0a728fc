package karuta.archive.pool;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.Card;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.State;
import karuta.tensor.CardState;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** States taken apart and put together. */
class CardStatesTest {

    private NDManager manager;

    @BeforeEach
    void start() {
        TorchEngine.start();
        manager = NDManager.newBaseManager();
    }

    @AfterEach
    void close() {
        manager.close();
    }

    @Test
    void whatIsTakenApartIsPutTogether() {
        var states = states("scienceqa", "gqa", "vizwiz");
        var parts = CardStates.split(states);
        assertEquals(
                List.of("scienceqa", "gqa", "vizwiz"),
                parts.cards().stream().map(CardStates.Part::id).toList());
        same(states, CardStates.join(files(parts.cards()), parts.rest(), manager));
    }

    @Test
    void aCardsFileIsTheSameWhateverStandsBesideIt() {
        var alone = CardStates.split(states("gqa")).cards().get(0);
        var third = CardStates.split(states("a", "b", "gqa")).cards().get(2);
        assertArrayEquals(alone.tensors(), third.tensors());
        assertEquals(Optional.of("task of gqa"), third.task());
    }

    @Test
    void withoutOneOfThemTheOthersMoveUp() {
        var parts = CardStates.split(states("a", "b", "c"));
        var left = List.of(parts.cards().get(0), parts.cards().get(2));
        same(states("a", "c"), CardStates.join(files(left), parts.rest(), manager));
    }

    @Test
    void aCardHasTheNameThatItIsAskedBy() {
        var parts = CardStates.split(states("a"));
        var renamed = CardStates.join(Map.of("b", parts.cards().get(0).tensors()), parts.rest(), manager);
        assertEquals("b", renamed.get("pool").metadata().get("card.0.id"));
    }

    @Test
    void anArmWithoutCardsIsRefused() {
        assertThrows(KarutaException.class, () -> CardStates.split(Map.of("learner", State.EMPTY)));
    }

    /** A pool of cards, and a selector that has learned two numbers. */
    private Map<String, State> states(String... ids) {
        var cards = List.of(ids).stream().map(this::card).toList();
        var learned = new State(Map.of("weight", array(0.25f, 0.75f)), Map.of("steps", "80"));
        return Map.of("pool", CardState.write(cards), "selector", learned);
    }

    private Card card(String id) {
        var seed = id.hashCode() % 1000;
        return new Card(
                id,
                Optional.of("task of " + id),
                false,
                Map.of("image", array(seed, 1), "text", array(seed, 2)),
                List.of(new Insert.Tokens(array(seed, 3).reshape(1, 2))));
    }

    private NDArray array(float... values) {
        return Tensors.of(manager, values, new ai.djl.ndarray.types.Shape(values.length));
    }

    private static Map<String, byte[]> files(List<CardStates.Part> cards) {
        var files = new LinkedHashMap<String, byte[]>();
        cards.forEach(card -> files.put(card.id(), card.tensors()));
        return files;
    }

    private static void same(Map<String, State> expected, Map<String, State> actual) {
        assertEquals(expected.keySet(), actual.keySet());
        expected.forEach((place, state) -> {
            assertEquals(state.metadata(), actual.get(place).metadata(), place);
            assertEquals(names(state), names(actual.get(place)), place);
            state.tensors()
                    .forEach((name, tensor) ->
                            assertEquals(tensor, actual.get(place).tensors().get(name), name));
        });
    }

    private static Set<String> names(State state) {
        return state.tensors().keySet().stream().collect(Collectors.toSet());
    }
}
