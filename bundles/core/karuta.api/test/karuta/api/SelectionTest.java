package karuta.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static Card card(String id, boolean open) {
        return new Card(id, Optional.empty(), open, Map.of(), List.of());
    }

    private static List<String> top(int k, double[] scores, Card... cards) {
        return Selection.top(Cards.of(List.of(cards)), scores, k).picks().stream()
                .map(pick -> pick.card().id())
                .toList();
    }

    @Test
    void theBestCardsComeInAscendingOrderSoThatTheBestIsNearestToTheText() {
        var cards = Stream.of("a", "b", "c", "d").map(id -> card(id, false)).toArray(Card[]::new);
        assertEquals(List.of("d", "a", "c"), top(3, new double[] {.5, .1, .9, .4}, cards));
    }

    @Test
    void anOpenCardHasASeatAndIsNearestToTheTextWhateverItsScore() {
        var scores = new double[] {.5, .9, -1};
        assertEquals(List.of("b", "new"), top(2, scores, card("a", false), card("b", false), card("new", true)));
        assertEquals(List.of("new"), top(1, scores, card("a", false), card("b", false), card("new", true)));
    }

    @Test
    void fewerCardsThanSeatsAreAllTaken() {
        assertEquals(List.of("a"), top(3, new double[] {.5}, card("a", false)));
        assertEquals(List.of(), top(3, new double[] {}));
    }

    @Test
    void ofManyCardsTheSameAreChosenAsByAStableSort() {
        var random = RandomStream.of(1, "scores");
        for (var round = 0; round < 200; round++) {
            var place = random.fork(round);
            var n = 1 + place.below(40, 0);
            var k = place.below(6, 1);
            var scores = new double[n];
            for (var i = 0; i < n; i++) {
                scores[i] = place.below(8, 2 + i) / 8.0; // many are equal
            }
            var cards =
                    IntStream.range(0, n).mapToObj(i -> card("c" + i, false)).toArray(Card[]::new);
            var sorted = IntStream.range(0, n)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> scores[i]))
                    .map(i -> "c" + i)
                    .toList();
            assertEquals(sorted.subList(Math.max(0, n - k), n), top(k, scores, cards));
            var next = Selection.top(Cards.of(List.of(cards)), scores, k).runnerUp();
            assertEquals(
                    k < n ? Optional.of(sorted.get(n - k - 1)) : Optional.empty(),
                    next.map(pick -> pick.card().id()));
            next.ifPresent(pick ->
                    assertEquals(scores[Integer.parseInt(pick.card().id().substring(1))], pick.score()));
        }
    }

    @Test
    void aScoreThatIsNoNumberIsRefusedWithTheCardsName() {
        var refused = assertThrows(
                KarutaException.class, () -> top(1, new double[] {1, Double.NaN}, card("a", false), card("b", false)));
        assertTrue(refused.getMessage().contains("\"b\""), refused.getMessage());
    }
}
