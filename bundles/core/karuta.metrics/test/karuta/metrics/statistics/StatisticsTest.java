package karuta.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.apache.commons.statistics.inference.PValueMethod;
import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class StatisticsTest {

    @Test
    void equalDifferencesHaveNoSpreadAndProveNothingByT() {
        assertEquals(Optional.empty(), new Differences(List.of(0.3, 0.1 + 0.2)).studentT());
        assertEquals(Optional.empty(), new Differences(List.of(0.3)).studentT());
        assertEquals(Optional.empty(), new Differences(List.of()).studentT());
    }

    @Test
    void zerosAreLeftOutOfTheSignedRanks() {
        var without = new Differences(List.of(0.1, -0.2, 0.3)).signedRank();
        assertEquals(without, new Differences(List.of(0.0, 0.1, -0.2, 0.0, 0.3)).signedRank());
        assertEquals(Optional.empty(), new Differences(List.of(0.0, 0.0)).signedRank());
    }

    @Test
    void exactSignedRanksAreThoseOfCommonsWhereNothingIsTied() {
        for (var n = 1; n <= 50; n++) {
            var values = IntStream.rangeClosed(1, n)
                    .mapToObj(i -> (i * 0.6180339887498949 % 1 - 0.4) * i)
                    .toList();
            var theirs = WilcoxonSignedRankTest.withDefaults()
                    .with(PValueMethod.EXACT)
                    .test(values.stream().mapToDouble(value -> value).toArray());
            var ours = new Differences(values).signedRank().orElseThrow();
            assertEquals(theirs.getPValue(), ours.p(), 1e-12, "n = " + n);
        }
    }

    @Test
    void noFiveSeedsCanBeSignificantBySignedRanks() {
        var allUp =
                new Differences(List.of(0.1, 0.2, 0.3, 0.4, 0.5)).signedRank().orElseThrow();
        assertEquals(0.0625, allUp.p());
        assertEquals(allUp.p(), Differences.smallestSignedRank(5));
        assertEquals(1, Differences.smallestSignedRank(1));
    }

    @Test
    void pairsMustBePairs() {
        assertEquals(
                List.of(0.2, -0.1),
                Differences.of(List.of(0.5, 0.1), List.of(0.3, 0.2)).values());
        assertThrows(IllegalArgumentException.class, () -> Differences.of(List.of(1.0), List.of()));
    }

    @Test
    void modelsThatNeverDifferAreNotToldApart() {
        assertEquals(1, new McNemar(0, 0).exact().p());
        assertEquals(1, new McNemar(0, 0).corrected().p());
        assertEquals(1, McNemar.clustered(List.of(0, 0)).p());
    }

    @Test
    void oneFigureHasNoInterval() {
        assertEquals(Optional.empty(), Bootstrap.mean(List.of(List.of(0.5))));
    }

    @Test
    void theSameFiguresHaveTheSameIntervalBitForBit() {
        var grid = List.of(List.of(0.1, 0.5, 0.3), List.of(0.2, 0.6, 0.9));
        assertEquals(Bootstrap.mean(grid), Bootstrap.mean(grid));
        assertTrue(Bootstrap.mean(grid).orElseThrow().excludes(0.95));
    }

    @Test
    void methodsWithinTheCriticalDifferenceAreOneGroup() {
        var rows = IntStream.range(0, 12)
                .mapToObj(i -> List.of(0.9, 0.88 + 0.04 * (i % 2), 0.5, 0.1))
                .toList();
        var ranking = CriticalDifference.of(rows, true);
        assertEquals(List.of(1.5, 1.5, 3.0, 4.0), ranking.ranks());
        assertEquals(1.354, ranking.difference(), 5e-4); // q = 2.569 in Demsar's table 5
        assertEquals(List.of(List.of(0, 1), List.of(2, 3)), ranking.groups());
        var lower = CriticalDifference.of(rows, false);
        assertEquals(List.of(3.5, 3.5, 2.0, 1.0), lower.ranks());
    }

    @Test
    void methodsThatAreAlwaysTiedAreOneGroup() {
        var ranking = CriticalDifference.of(List.of(List.of(0.5, 0.5), List.of(0.1, 0.1)), true);
        assertEquals(1, ranking.friedman().p());
        assertEquals(1, ranking.imanDavenport().p());
        assertEquals(List.of(List.of(0, 1)), ranking.groups());
        assertThrows(IllegalArgumentException.class, () -> CriticalDifference.of(List.of(List.of(1.0, 2.0)), true));
    }

    @Test
    void anOrderThatMovesAllArmsAlikeExplainsNothingOfTheGap() {
        var alike = List.of(
                List.of(List.of(0.5), List.of(0.6), List.of(0.9)), List.of(List.of(0.3), List.of(0.4), List.of(0.7)));
        var found = Components.of(alike);
        assertEquals(0, found.orderInGap().orElseThrow(), 1e-12);
        assertTrue(found.order() > 0);
        var turned = List.of(List.of(List.of(0.5), List.of(0.3)), List.of(List.of(0.3), List.of(0.5)));
        assertEquals(1, Components.of(turned).orderInGap().orElseThrow(), 1e-12);
        var same = List.of(List.of(List.of(0.5), List.of(0.5)), List.of(List.of(0.5), List.of(0.5)));
        assertEquals(OptionalDouble.empty(), Components.of(same).orderInGap());
    }
}
