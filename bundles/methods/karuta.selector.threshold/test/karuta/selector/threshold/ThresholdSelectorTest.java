package karuta.selector.threshold;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Call;
import karuta.api.Calls;
import karuta.api.Card;
import karuta.api.Selector;
import karuta.kit.Reference;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import karuta.kit.ToyTasks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThresholdSelectorTest {

    private static final float[] X = {1, 0};
    private static final float[] Y = {0, 1};

    private final ToyContext context = new ToyContext(1);
    private final ToyCards cards = new ToyCards(context.manager());

    @AfterEach
    void free() {
        context.close();
    }

    @Test
    void itChoosesAsManyAsTheEquationsSay() {
        var reference = new Reference(Path.of("test/fixtures/threshold.txt"), context.manager());
        var keys = reference.get("keys");
        var pool = IntStream.range(0, (int) keys.getShape().get(0))
                .mapToObj(i -> cards.closed("card " + i, keys.get(i).toFloatArray()))
                .toList();
        var selections = new ThresholdSelector(-0.2, 2, 0.3).select(calls(pool));
        reference.chose("chosen", selections, pool.stream().map(Card::id).toList());
        reference.scored("scores", selections);
        assertEquals(Set.of(), reference.left());
    }

    private Calls calls(List<Card> pool) {
        var samples = Stream.of(1, 2, 3, 4)
                .flatMap(task -> ToyTasks.samples(task, 3).stream())
                .toList();
        return ToyCards.calls(context, samples, pool);
    }

    @Test
    void whatIsAboveTheThresholdIsChosenAndAtLeastSoMany() {
        var x = cards.closed("x", 1, 0);
        var y = cards.closed("y", 0, 1);
        assertEquals(List.of("x"), ids(new ThresholdSelector(0.6, 0, 0.5), cards.call(X, X, x, y)));
        assertEquals(List.of("x", "y"), ids(new ThresholdSelector(0.4, 0, 0.5), cards.call(X, Y, x, y)));
        var away = cards.call(new float[] {-1, 0}, new float[] {-1, -0.1f}, x, y);
        assertEquals(List.of(), ids(new ThresholdSelector(0.6, 0, 0.5), away));
        assertEquals(List.of("y"), ids(new ThresholdSelector(0.6, 1, 0.5), away));
        assertEquals(List.of("x", "y"), ids(new ThresholdSelector(0.6, 5, 0.5), away));
    }

    @Test
    void cardsThatAreTrainedHaveTheirSeatBesideThem() {
        var call = cards.call(X, X, cards.closed("x", 1, 0), cards.closed("y", 0, 1), cards.open("new", 0, 1));
        assertEquals(List.of("x", "new"), ids(new ThresholdSelector(0.6, 1, 0.3), call));
        var alone = cards.call(X, X, cards.open("new", 0, 1));
        assertEquals(List.of("new"), ids(new ThresholdSelector(0.6, 2, 0.3), alone));
    }

    private static List<String> ids(Selector selector, Call call) {
        return ToyCards.select(selector, call).picks().stream()
                .map(pick -> pick.card().id())
                .toList();
    }

    @Test
    void aSampleChoosesForItselfAndNotByItsTask() {
        SelectorContract.holdsForManySizes(new ThresholdSelector(0.1, 2, 0.3), Set.of());
        var pool = Stream.of(1, 2, 3)
                .map(i -> cards.closed("card " + i, i, -i, 1, 0.5f, 2, -1))
                .toList();
        SelectorContract.readsNoTask(new ThresholdSelector(0.1, 2, 0.3), calls(pool));
    }
}
