package karuta.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SelectionTest {

    private static Card card(String id, boolean open) {
        return new Card(id, Optional.empty(), open, Optional.empty(), List.of());
    }

    private static List<String> top(int k, double[] scores, Card... cards) {
        var call = new Call(
                new Guidance(Optional.empty(), Optional.empty()),
                List.of(cards),
                new RandomStream(0),
                Optional.empty());
        return Selection.top(call, scores, k).picks().stream()
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
}
