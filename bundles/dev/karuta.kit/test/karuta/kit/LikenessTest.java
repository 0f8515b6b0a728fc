package karuta.kit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import karuta.tensor.Likeness;
import karuta.tensor.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LikenessTest {

    private static final float[] ORIGIN = {0, 0};

    private final ToyContext context = new ToyContext(1);
    private final ToyCards cards = new ToyCards(context.manager());

    @AfterEach
    void free() {
        context.close();
    }

    private static Calls alone(Call call) {
        return new Calls(call.cards(), List.of(call));
    }

    @Test
    void distancesAreThoseOfSchoolBooks() {
        var calls = alone(cards.call(ORIGIN, ORIGIN, cards.closed("near", 0, 1), cards.closed("far", -3, 4)));
        assertArrayEquals(new double[] {-1, -5}, Likeness.EUCLIDEAN.scores(calls, Guidance.IMAGE)[0]);
        assertArrayEquals(new double[] {-1, -7}, Likeness.MANHATTAN.scores(calls, Guidance.TEXT)[0]);
    }

    @Test
    void aCardCountsByItsNearestKeyAndATrainedOneNotAtAll() {
        var keys = Tensors.of(context.manager(), new float[] {3, 4, 0, 2}, new Shape(2, 2));
        var two = new Card("two", Optional.empty(), false, Map.of(Guidance.IMAGE, keys), List.of());
        var calls = alone(cards.call(ORIGIN, ORIGIN, cards.open("open", 0, 0), two));
        assertArrayEquals(new double[] {Double.NaN, -2}, Likeness.EUCLIDEAN.scores(calls, Guidance.IMAGE)[0]);
    }

    @Test
    void aCardWithoutAKeyAndASampleWithoutAFeatureAreNamed() {
        var keyless = alone(cards.call(ORIGIN, ORIGIN, cards.keyless("bare")));
        var card = assertThrows(KarutaException.class, () -> Likeness.EUCLIDEAN.scores(keyless, Guidance.IMAGE));
        assertTrue(card.getMessage().contains("bare"), card.getMessage());
        var blind = cards.guidance(Optional.empty(), Optional.of(ORIGIN));
        var sample = alone(cards.call(blind, cards.closed("x", 1, 0)));
        assertThrows(KarutaException.class, () -> Likeness.EUCLIDEAN.scores(sample, Guidance.IMAGE));
    }

    @Test
    void scoresOfBothModalitiesJoinAndOneIsEnough() {
        var x = cards.closed("x", 1, 0);
        var both = cards.call(new float[] {1, 0}, new float[] {1, 1}, x);
        var half = Math.sqrt(0.5);
        assertEquals(
                half,
                CardSimilarity.joined(alone(both), CardSimilarity::cosines, (image, text) -> image * text)[0][0],
                1e-6);
        var deaf = cards.guidance(Optional.of(new float[] {1, 1}), Optional.empty());
        assertEquals(
                half,
                CardSimilarity.joined(alone(cards.call(deaf, x)), CardSimilarity::cosines, (image, text) -> 7)[0][0],
                1e-6);
        var empty = alone(cards.call(cards.guidance(Optional.empty(), Optional.empty()), x));
        assertThrows(
                KarutaException.class,
                () -> CardSimilarity.joined(empty, Likeness.EUCLIDEAN::scores, (image, text) -> image + text));
    }

    @Test
    void dualIsTheWeightedSumOfBothBitForBit() {
        var pool = Stream.of(1, 2, 3)
                .map(i -> cards.closed("card " + i, i, -i, 1, 0.5f, 2, -1))
                .toList();
        var calls = ToyCards.calls(context, ToyTasks.samples(1, 5), pool);
        var image = CardSimilarity.image(calls);
        var text = CardSimilarity.text(calls);
        var dual = CardSimilarity.dual(calls, 0.3);
        for (var i = 0; i < dual.length; i++) {
            for (var j = 0; j < pool.size(); j++) {
                assertEquals(0.3 * image[i][j] + (1 - 0.3) * text[i][j], dual[i][j], 0);
            }
        }
    }

    @Test
    void aSampleIsScoredAloneWhateverItsCompany() {
        Selector nearest = calls -> calls.top(2, Likeness.EUCLIDEAN.scores(calls, Guidance.TEXT));
        SelectorContract.holdsForManySizes(nearest, Set.of(Guidance.TEXT));
    }
}
