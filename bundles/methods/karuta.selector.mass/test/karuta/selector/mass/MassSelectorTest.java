package karuta.selector.mass;

import static karuta.kit.ToyCards.chosen;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import karuta.api.Card;
import karuta.kit.Reference;
import karuta.kit.SelectorContract;
import karuta.kit.ToyCards;
import karuta.kit.ToyContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MassSelectorTest {

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
        var reference = new Reference(Path.of("test/fixtures/mass.txt"), context.manager());
        var pool = cards.closed(reference.get("keys"));
        var selections = new MassSelector(0.8, 0.15, 0.3).select(ToyCards.calls(context, pool));
        reference.chose("chosen", selections, pool.stream().map(Card::id).toList());
        reference.scored("scores", selections);
        assertEquals(Set.of(), reference.left());
    }

    @Test
    void whereOneStandsOutItIsAloneAndWhereAllAreAlikeThereAreMany() {
        var x = cards.closed("x", 1, 0);
        var y = cards.closed("y", 0, 1);
        assertEquals(List.of("x"), chosen(new MassSelector(0.9, 0.1, 0.5), cards.call(X, X, x, y)));
        assertEquals(List.of("x", "y"), chosen(new MassSelector(0.9, 0.1, 0.5), cards.call(X, Y, x, y)));
        assertEquals(
                1, chosen(new MassSelector(0, 0.1, 0.5), cards.call(X, Y, x, y)).size());
        assertEquals(
                2,
                chosen(new MassSelector(1, 0.0001, 0.5), cards.call(X, Y, x, y)).size());
        assertEquals(
                2,
                chosen(new MassSelector(0.9, 100, 0.5), cards.call(X, X, x, y)).size());
    }

    @Test
    void cardsThatAreTrainedHaveTheirSeatBesideThem() {
        var call = cards.call(X, X, cards.closed("x", 1, 0), cards.closed("y", 0, 1), cards.open("new", 0, 1));
        assertEquals(List.of("x", "new"), chosen(new MassSelector(0.8, 0.15, 0.3), call));
        var alone = cards.call(X, X, cards.open("new", 0, 1));
        assertEquals(List.of("new"), chosen(new MassSelector(0.8, 0.15, 0.3), alone));
    }

    @Test
    void aSampleChoosesForItselfAndNotByItsTask() {
        SelectorContract.holdsForManySizes(new MassSelector(0.8, 0.15, 0.3), Set.of());
        var pool = Stream.of(1, 2, 3)
                .map(i -> cards.closed("card " + i, i, -i, 1, 0.5f, 2, -1))
                .toList();
        SelectorContract.readsNoTask(new MassSelector(0.8, 0.15, 0.3), ToyCards.calls(context, pool));
    }
}
