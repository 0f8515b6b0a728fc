package karuta.fusion.sum;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Card;
import karuta.api.Cards;
import karuta.api.Fusion.Choice;
import karuta.api.Insert;
import karuta.api.Insert.Adapter;
import karuta.api.Insert.Prefix;
import karuta.api.Insert.Tokens;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.kit.GradientCheck;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyLearner;
import karuta.kit.ToyTasks;
import karuta.kit.ToyTraining;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SumFusionTest {

    private final ToyContext context = new ToyContext(1);
    private final SumFusion fusion = new SumFusion();

    @AfterEach
    void free() {
        context.close();
    }

    private NDArray numbers(String name, int rows, int columns) {
        return Tensors.of(
                context.manager(), RandomStream.of(1, name).normals(rows * columns), new Shape(rows, columns));
    }

    private NDArray scalar(float number) {
        return Tensors.of(context.manager(), number).sum();
    }

    private Card card(String id) {
        var inserts = List.<Insert>of(
                new Tokens(numbers(id, 2, 3)),
                new Prefix(1, numbers(id + "k1", 2, 4), numbers(id + "v1", 2, 4)),
                new Prefix(0, numbers(id + "k0", 1, 4), numbers(id + "v0", 1, 4)));
        return new Card(id, Optional.empty(), false, Map.of(), inserts);
    }

    private Pick pick(Card card, float weight) {
        return new Pick(card, weight, Optional.of(scalar(weight)));
    }

    @Test
    void tokensAndPrefixesOfALayerAreSummedByWeight() {
        var a = card("a");
        var b = card("b");
        var fused = ToyCards.fuse(
                fusion, new Selection(List.of(pick(a, 0.25f), pick(b, -2), new Pick(card("c"), 1))), List.of());
        assertEquals(3, fused.size());
        close("", 2, 3, ((Tokens) fused.get(0)).embeddings());
        for (var i = 1; i <= 2; i++) {
            var prefix = (Prefix) fused.get(i);
            var layer = 2 - i;
            assertEquals(layer, prefix.layer());
            close("k" + layer, layer + 1, 4, prefix.keys());
            close("v" + layer, layer + 1, 4, prefix.values());
        }
    }

    private void close(String name, int rows, int columns, NDArray actual) {
        var a = numbers("a" + name, rows, columns).toFloatArray();
        var b = numbers("b" + name, rows, columns).toFloatArray();
        var c = numbers("c" + name, rows, columns).toFloatArray();
        assertEquals(new Shape(rows, columns), actual.getShape());
        var expected = new float[a.length];
        IntStream.range(0, a.length).forEach(i -> expected[i] = 0.25f * a[i] - 2 * b[i] + c[i]);
        assertArrayEquals(expected, actual.toFloatArray(), 1e-6f);
    }

    @Test
    void adaptersCountByTheWeightOfTheirCard() {
        Insert.Delta delta = (x, tokens) -> x;
        var inserts = List.<Insert>of(
                new Adapter("layers.0.self_attn.v_proj", delta),
                new Adapter("layers.1.self_attn.v_proj", delta, Optional.of(scalar(3))));
        var card = new Card("a", Optional.empty(), false, Map.of(), inserts);
        var fused = ToyCards.fuse(fusion, new Selection(List.of(pick(card, 0.5f))), List.of());
        var first = (Adapter) fused.get(0);
        assertSame(delta, first.delta());
        assertEquals(0.5f, first.weight().orElseThrow().getFloat());
        assertEquals(1.5f, ((Adapter) fused.get(1)).weight().orElseThrow().getFloat());
        var plain = ToyCards.fuse(fusion, new Selection(List.of(new Pick(card, 1))), List.of());
        assertEquals(Optional.empty(), ((Adapter) plain.get(0)).weight());
    }

    @Test
    void aSampleIsFusedAsIfItWereAlone() {
        var cards = IntStream.range(0, 30).mapToObj(i -> card("card " + i)).toList();
        var draws = RandomStream.of(3, "weights");
        var input = new ToyTraining(new ToyLearner(), context)
                .batch(ToyTasks.samples(1, 1))
                .inputs()
                .get(0);
        var choices = new ArrayList<Choice>();
        for (var i = 0; i < 40; i++) {
            var own = draws.fork(i);
            choices.add(new Choice(
                    input,
                    new Selection(IntStream.range(0, i % 4 == 0 ? 7 : 30)
                            .mapToObj(j -> pick(cards.get(j), (float) own.normal(j)))
                            .toList())));
        }
        var together = fusion.fuse(choices, Cards.of(cards));
        for (var i = 0; i < choices.size(); i++) {
            var alone = fusion.fuse(choices.subList(i, i + 1), Cards.of(cards)).get(0);
            assertEquals(
                    ((Tokens) alone.get(0)).embeddings(),
                    ((Tokens) together.get(i).get(0)).embeddings());
            assertEquals(
                    ((Prefix) alone.get(1)).values(), ((Prefix) together.get(i).get(1)).values());
        }
    }

    @Test
    void gradientsReachWeightsAndCards() {
        NDArray weight = context.keep(scalar(0.5f).reshape(1));
        NDArray tokens = context.keep(numbers("t", 2, 3));
        NDArray pull = numbers("pull", 2, 3);
        for (var parameter : List.of(weight, tokens)) {
            parameter.setRequiresGradient(true);
            GradientCheck.holds(
                    () -> {
                        var card = new Card(
                                "a", Optional.empty(), true, Map.of(), List.of(new Tokens(tokens.mul(tokens))));
                        var picks = List.of(new Pick(card, 1, Optional.of(weight.sum())), pick(card("b"), 2));
                        var fused = ToyCards.fuse(fusion, new Selection(picks), List.of());
                        return ((Tokens) fused.get(0)).embeddings().mul(pull).sum();
                    },
                    parameter,
                    0.02);
            parameter.setRequiresGradient(false);
        }
    }

    @Test
    void nothingChosenIsNothing() {
        assertEquals(List.of(), ToyCards.fuse(fusion, Selection.NONE, List.of()));
    }

    @Test
    void cardsOfAnotherSizeAreRefused() {
        var longer = new Card("longer", Optional.empty(), false, Map.of(), List.of(new Tokens(numbers("l", 3, 3))));
        var picks = new Selection(List.of(pick(card("a"), 1), pick(longer, 1)));
        var error = assertThrows(KarutaException.class, () -> ToyCards.fuse(fusion, picks, List.of()));
        assertTrue(error.getMessage().contains("tokens of card longer"), error.getMessage());
    }
}
