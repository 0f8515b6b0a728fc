package my.lab.bigrams;

import static org.junit.jupiter.api.Assertions.assertEquals;

import karuta.api.Scorer;
import karuta.check.junit.ScorerTests;
import org.junit.jupiter.api.Test;

class BigramsTest extends ScorerTests {

    @Override
    protected Scorer strategy() {
        return new Bigrams();
    }

    @Test
    void aLetterThatIsWrongCostsTheTwoPairsThatItStandsIn() {
        assertEquals(1, new Bigrams().score(" Cat", "cat"));
        assertEquals(0.5, new Bigrams().score("cut", "cat"));
        assertEquals(0, new Bigrams().score("x", "cat"));
    }
}
