package karuta.tiny;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import karuta.api.RandomStream;
import karuta.bench.cards.Convention;
import karuta.bench.cards.Directive;
import org.junit.jupiter.api.Test;

class PreambleTest {

    private final Vocabulary vocabulary = new Vocabulary();
    private final Preamble preamble = new Preamble(vocabulary);

    @Test
    void theLastBlockAloneDecides() {
        for (var i = 0; i < 300; i++) {
            var row = preamble.row(List.of(6, 5, 8), RandomStream.of(i, "test"));
            assertEquals(19, row.tokens().size());
            var last = row.tokens().subList(11, 19).stream()
                    .flatMap(token -> vocabulary.directive(token).stream())
                    .toList();
            assertEquals(Convention.of(last), row.convention());
        }
    }

    @Test
    void allDirectivesAndAllFillersOccur() {
        var directives = EnumSet.noneOf(Directive.class);
        var fillers = new HashSet<Integer>();
        for (var i = 0; i < 4000; i++) {
            for (var token :
                    preamble.row(List.of(8), RandomStream.of(i, "test")).tokens()) {
                vocabulary.directive(token).ifPresentOrElse(directives::add, () -> fillers.add(token));
            }
        }
        assertEquals(EnumSet.allOf(Directive.class), directives);
        assertEquals(new HashSet<>(vocabulary.fillers()), fillers);
    }

    @Test
    void lengthsAreThoseOfPrompts() {
        var counts = new HashSet<Integer>();
        for (var i = 0; i < 200; i++) {
            var lengths = Preamble.lengths(RandomStream.of(i, "test"));
            counts.add(lengths.size());
            assertTrue(lengths.stream().allMatch(length -> length <= 10 && length >= (lengths.size() == 1 ? 1 : 4)));
        }
        assertEquals(new HashSet<>(List.of(1, 2, 3, 4)), counts);
    }

    @Test
    void nothingSaidMeansNothing() {
        assertEquals(
                Convention.of(),
                preamble.row(List.of(), RandomStream.of(0, "test")).convention());
    }
}
