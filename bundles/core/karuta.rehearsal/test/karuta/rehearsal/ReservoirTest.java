package karuta.rehearsal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import karuta.api.RandomStream;
import org.junit.jupiter.api.Test;

class ReservoirTest {

    private static final int RUNS = 4000;

    @Test
    void everyElementOfTheStreamIsKeptWithTheSameProbability() {
        var counts = new int[30];
        for (var run = 0; run < RUNS; run++) {
            var reservoir = new Reservoir<Integer>(6, RandomStream.of(run, "test"));
            reservoir.see(10, i -> i);
            reservoir.see(20, i -> 10 + i);
            assertEquals(6, new HashSet<>(reservoir.kept()).size());
            reservoir.kept().forEach(i -> counts[i]++);
        }
        for (var i = 0; i < counts.length; i++) {
            // binomial with p = 1/5: standard deviation 25, six of them
            assertEquals(RUNS / 5, counts[i], 152, "element " + i);
        }
    }

    @Test
    void aShortStreamIsKeptWholeAndInOrder() {
        var reservoir = new Reservoir<String>(5, RandomStream.of(1, "test"));
        reservoir.see(2, i -> "a" + i);
        reservoir.see(2, i -> "b" + i);
        assertEquals(List.of("a0", "a1", "b0", "b1"), reservoir.kept());
    }

    @Test
    void whatStaysDoesNotDependOnHowTheStreamIsCut() {
        var whole = new Reservoir<Integer>(4, RandomStream.of(3, "test"));
        whole.see(50, i -> i);
        var cut = new Reservoir<Integer>(4, RandomStream.of(3, "test"));
        cut.see(17, i -> i);
        cut.see(33, i -> 17 + i);
        assertEquals(whole.kept(), cut.kept());
    }

    @Test
    void whatMustMakeRoomIsHandedBack() {
        var reservoir = new Reservoir<Integer>(4, RandomStream.of(3, "test"));
        assertEquals(List.of(), reservoir.see(4, i -> i));
        var gone = reservoir.see(40, i -> 4 + i);
        var stayed = reservoir.kept().stream().filter(i -> i < 4);
        assertEquals(Set.of(0, 1, 2, 3), Stream.concat(gone.stream(), stayed).collect(Collectors.toSet()));
        assertFalse(gone.isEmpty());
    }

    @Test
    void onlyWhatStaysIsAskedFor() {
        var asked = new ArrayList<Integer>();
        new Reservoir<Integer>(4, RandomStream.of(3, "test")).see(1000, i -> {
            asked.add(i);
            return i;
        });
        assertEquals(4, asked.size());
    }

    @Test
    void aRestoredOneGoesOnAsTheFirstWould() {
        var first = new Reservoir<Integer>(4, RandomStream.of(3, "test"));
        first.see(40, i -> i);
        var second = new Reservoir<Integer>(4, RandomStream.of(3, "test"));
        second.restore(first.kept(), first.seen());
        first.see(40, i -> 40 + i);
        second.see(40, i -> 40 + i);
        assertEquals(first.kept(), second.kept());
        assertTrue(first.kept().stream().anyMatch(i -> i >= 40), "nothing new was kept");
    }
}
