package karuta.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theDeviationIsThatOfASample() {
        var spread = MeanAndDeviation.of(List.of(2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0));
        assertEquals(5, spread.mean());
        assertEquals(Math.sqrt(32 / 7.0), spread.deviation().orElseThrow(), 1e-12);
    }

    @Test
    void oneValueHasNoDeviation() {
        assertEquals(new MeanAndDeviation(1, 3, OptionalDouble.empty()), MeanAndDeviation.of(List.of(3.0)));
        assertThrows(IllegalArgumentException.class, () -> MeanAndDeviation.of(List.of()));
    }

    @Test
    void pairsAreComparedSeedBySeed() {
        var difference = PairedDifference.of(List.of(11.0, 22.0, 33.0), List.of(10.0, 20.0, 30.0));
        assertEquals(2, difference.mean(), 1e-12);
        assertEquals(2.484138, difference.margin().orElseThrow(), 1e-5);
        assertFalse(difference.significant());
        assertTrue(PairedDifference.of(List.of(12.0, 22.0, 32.1), List.of(10.0, 20.0, 30.0))
                .significant());
    }

    @Test
    void onePairProvesNothing() {
        var difference = PairedDifference.of(List.of(90.0), List.of(10.0));
        assertEquals(OptionalDouble.empty(), difference.margin());
        assertFalse(difference.significant());
        assertThrows(IllegalArgumentException.class, () -> PairedDifference.of(List.of(1.0), List.of()));
    }
}
