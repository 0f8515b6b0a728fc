package karuta.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionTest {

    private static final List<String> KEYS = List.of("selector", "seeds", "k", "lambda", "length");

    @ParameterizedTest
    @CsvSource({
        "selectr, selector",
        "selcetor, selector",
        "SELECTOR, selector",
        "seed, seeds",
        "lamda, lambda",
        "lenght, length",
        "lengths, length"
    })
    void findsWhatWasMeant(String word, String meant) {
        assertEquals(Optional.of(meant), Suggestion.of(word, KEYS));
    }

    @Test
    void doesNotGuessWildly() {
        assertEquals(Optional.empty(), Suggestion.of("optimizer", KEYS));
        assertEquals(Optional.empty(), Suggestion.of("x", List.of("k")));
        assertEquals(Optional.empty(), Suggestion.of("x", List.of()));
    }

    @Test
    void otherwiseTellsTheChoice() {
        assertEquals(" (known: k, lambda, length, seeds, selector)", Suggestion.hint("optimizer", KEYS));
    }
}
