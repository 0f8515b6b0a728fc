package karuta.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

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
        var difference = PairedDifference.of(List.of(1.0, 2.0, 3.0));
        assertEquals(2, difference.mean(), 1e-12);
        assertEquals(2.484138, difference.margin().orElseThrow(), 1e-5);
    }

    @Test
    void onePairProvesNothing() {
        var difference = PairedDifference.of(List.of(80.0));
        assertEquals(OptionalDouble.empty(), difference.margin());
        assertThrows(IllegalArgumentException.class, () -> PairedDifference.of(List.of()));
    }
}
