package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.api.State;
import karuta.tensor.CardState;
import karuta.tensor.FeatureMeans;
import karuta.tensor.LoraLayer;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CardStateTest {

    private final ToyContext context = new ToyContext(1);

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void cardsOfEveryKindComeBackAsTheyWere() {
        var pair = new LoraLayer(numbers(2, 4), numbers(5, 2), 1.5);
        var keys = Map.of(Guidance.IMAGE, numbers(3, 6), "own.name", numbers(1, 2));
        var cards = List.of(
                new Card("a", Optional.of("task a"), false, keys, List.of(new Tokens(numbers(2, 4)))),
                new Card("b", Optional.empty(), true, Map.of(), List.of(new Prefix(7, numbers(1, 4), numbers(2, 3)))),
                new Card("c d", Optional.empty(), false, Map.of(), List.of(new Adapter("layers.0.x", pair))),
                new Card("e", Optional.empty(), false, Map.of(), List.of(), Map.of("q.weight", numbers(2, 2))));
        var read = CardState.read(CardState.write(cards), context);
        assertEquals(cards, read);
        assertNotSame(tokens(cards.get(0)), tokens(read.get(0)));
        assertEquals(List.of(), CardState.read(State.EMPTY, context));
    }

    @Test
    void aCardThatIsNoNumbersIsRefusedByItsName() {
        var card = new Card(
                "odd", Optional.empty(), false, Map.of(), List.of(new Adapter("layers.0.x", (x, tokens) -> x)));
        var refused = assertThrows(KarutaException.class, () -> CardState.write(List.of(card)));
        assertTrue(refused.getMessage().contains("odd"), refused.getMessage());
    }

    @Test
    void aTensorThatIsGoneIsNamed() {
        var state = CardState.write(
                List.of(new Card("a", Optional.empty(), false, Map.of(), List.of(new Tokens(numbers(2, 4))))));
        var tensors = new HashMap<>(state.tensors());
        tensors.clear();
        var refused = assertThrows(
                KarutaException.class, () -> CardState.read(new State(tensors, state.metadata()), context));
        assertTrue(refused.getMessage().contains("card.0.0.tokens"), refused.getMessage());
    }

    @Test
    void theMeansOfAStageAreThoseOfItsExamples() {
        var samples = ToyTasks.samples(1, 3);
        var means = FeatureMeans.of(new ToyStageData(context, samples), context);
        assertEquals(Set.of(Guidance.IMAGE, Guidance.TEXT), means.keySet());
        for (var feature : means.keySet()) {
            var expected = new double[ToyContext.FEATURES];
            for (var sample : samples) {
                var one = context.encode(sample.query())
                        .guidance()
                        .feature(feature)
                        .orElseThrow()
                        .toFloatArray();
                for (var i = 0; i < one.length; i++) {
                    expected[i] += one[i] / 3.0;
                }
            }
            assertEquals(new Shape(1, ToyContext.FEATURES), means.get(feature).getShape());
            for (var i = 0; i < expected.length; i++) {
                assertEquals(expected[i], means.get(feature).toFloatArray()[i], 1e-5);
            }
        }
    }

    private static NDArray tokens(Card card) {
        return ((Tokens) card.inserts().get(0)).embeddings();
    }

    private NDArray numbers(int rows, int columns) {
        var draws = RandomStream.of(rows, "numbers").normals(rows * columns);
        return Tensors.of(context.manager(), draws, new Shape(rows, columns));
    }
}
