package karuta.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {

    private final RandomStream place = RandomStream.of(7, "batches").fork(3).fork(0);

    @Test
    void aPlaceAlwaysGivesTheSameNumbers() {
        var again = RandomStream.of(7, "batches").fork(3).fork(0);
        again.bits(99); // what others drew does not matter
        assertEquals(place.bits(5), again.bits(5));
        assertArrayEquals(place.permutation(50), again.permutation(50));
    }

    @Test
    void otherPlacesGiveOtherNumbers() {
        assertNotEquals(
                place.bits(0), RandomStream.of(8, "batches").fork(3).fork(0).bits(0));
        assertNotEquals(
                place.bits(0), RandomStream.of(7, "init").fork(3).fork(0).bits(0));
        assertNotEquals(
                place.bits(0), RandomStream.of(7, "batches").fork(0).fork(3).bits(0));
        assertNotEquals(place.bits(0), place.bits(1));
    }

    @Test
    void theBitsAreThoseOfSplitMix64() {
        // first output for seed 0 in the reference implementation by Vigna (splitmix64.c)
        assertEquals(0xE220A8397B1DCDAFL, new RandomStream(0).bits(0));
        assertEquals(0x6E789E6AA1B965F4L, new RandomStream(0).bits(1));
    }

    @Test
    void uniformNumbersFillTheUnitInterval() {
        var numbers = IntStream.range(0, 20_000).mapToDouble(place::uniform).toArray();
        assertTrue(Arrays.stream(numbers).allMatch(x -> x >= 0 && x < 1));
        assertEquals(0.5, Arrays.stream(numbers).average().orElseThrow(), 0.01);
    }

    @Test
    void normalNumbersHaveMeanZeroAndVarianceOne() {
        var numbers = IntStream.range(0, 20_000).mapToDouble(place::normal).toArray();
        assertEquals(0, Arrays.stream(numbers).average().orElseThrow(), 0.03);
        assertEquals(1, Arrays.stream(numbers).map(x -> x * x).average().orElseThrow(), 0.05);
    }

    @Test
    void everyOrderIsAPermutationAndAllPlacesOccurFirst() {
        var order = place.permutation(100);
        assertArrayEquals(
                IntStream.range(0, 100).toArray(), Arrays.stream(order).sorted().toArray());
        var first = IntStream.range(0, 600)
                .map(i -> RandomStream.of(i, "x").permutation(6)[0])
                .distinct()
                .count();
        assertEquals(6, first);
    }

    @Test
    void wholeNumbersStayBelowTheirBound() {
        assertEquals(
                5,
                IntStream.range(0, 500)
                        .map(i -> place.below(5, i))
                        .filter(x -> x >= 0 && x < 5)
                        .distinct()
                        .count());
        assertThrows(IllegalArgumentException.class, () -> place.below(0, 0));
    }
}
