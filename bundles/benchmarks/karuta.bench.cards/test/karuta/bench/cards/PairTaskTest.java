package karuta.bench.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import karuta.bench.cards.Pair.Half;
import org.junit.jupiter.api.Test;

class PairTaskTest {

    private static final PairTask DAY = new PairTask(Pair.SIGN, Half.DAY, 75);
    private static final PairTask NIGHT = new PairTask(Pair.SIGN, Half.NIGHT, 75);

    @Test
    void sharesAreKeptExactly() {
        assertEquals(Map.of(Part.OWN, 60L, Part.AGREED, 10L, Part.CONTESTED, 10L), parts(25, 80));
        assertEquals(Map.of(Part.OWN, 40L, Part.AGREED, 20L, Part.CONTESTED, 20L), parts(50, 80));
        assertEquals(Map.of(Part.OWN, 20L, Part.AGREED, 30L, Part.CONTESTED, 30L), parts(75, 80));
        assertEquals(Map.of(Part.OWN, 670L, Part.AGREED, 165L, Part.CONTESTED, 165L), parts(33, 1000));
        assertEquals(Map.of(Part.OWN, 80L), parts(0, 80));
        assertEquals(Map.of(Part.AGREED, 40L, Part.CONTESTED, 40L), parts(100, 80));
    }

    @Test
    void anyBeginningHasItsShare() {
        for (var overlap : new int[] {1, 25, 50, 75, 99}) {
            for (var n : new int[] {1, 2, 3, 7, 40, 1_000_000}) {
                var shared = n - parts(overlap, n).getOrDefault(Part.OWN, 0L);
                assertEquals((long) n * overlap / 100, shared, overlap + " % of " + n);
            }
        }
    }

    @Test
    void halfOfWhatIsTheirOwnIsAskedEachQuestion() {
        var asked = IntStream.range(0, 80)
                .mapToObj(DAY::recipe)
                .filter(recipe -> recipe.part().equals(Optional.of(Part.OWN)))
                .collect(Collectors.groupingBy(Recipe::asks, Collectors.counting()));
        assertEquals(2, asked.size());
        assertTrue(asked.values().stream().allMatch(count -> count == 10), asked.toString());
    }

    /** The proof that nothing tells whose a shared sample is: beside its number, it is drawn from this alone. */
    @Test
    void whatIsSharedIsDrawnFromOneRecipeAndTheRestIsNot() {
        for (var i = 0; i < 400; i++) {
            var own = DAY.recipe(i).part().equals(Optional.of(Part.OWN));
            assertEquals(!own, DAY.recipe(i).equals(NIGHT.recipe(i)));
        }
    }

    private static Map<Part, Long> parts(int overlap, int samples) {
        var task = new PairTask(Pair.TALLY, Half.DAY, overlap);
        return IntStream.range(0, samples)
                .mapToObj(i -> task.recipe(i).part().orElseThrow())
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }
}
