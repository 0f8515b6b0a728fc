package karuta.metrics.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.metrics.MeanAndDeviation;
import karuta.metrics.PairedDifference;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What SciPy, statsmodels and scikit-posthocs say, see releng/statistics. */
class StatisticsFixturesTest {

    private static final Path FIXTURES = Path.of("test/fixtures/statistics.txt");

    record Line(String kind, List<List<Double>> figures, List<Double> expected) {

        static Line of(String text) {
            var parts = text.split("\\|");
            return new Line(
                    parts[0].strip(),
                    Stream.of(parts[1].split(";")).map(Line::numbers).toList(),
                    numbers(parts[2]));
        }

        private static List<Double> numbers(String text) {
            return Stream.of(text.strip().split(" ")).map(Double::valueOf).toList();
        }

        List<Double> row() {
            return figures.get(0);
        }

        int whole(int i) {
            return row().get(i).intValue();
        }
    }

    @ParameterizedTest
    @MethodSource("lines")
    void agreesWithScipyToNineDigits(Line line) {
        var found = compute(line);
        assertEquals(line.expected.size(), found.size());
        for (var i = 0; i < found.size(); i++) {
            var expected = line.expected.get(i);
            assertEquals(expected, found.get(i), 1e-9 * Math.max(1, Math.abs(expected)), line.kind + " " + i);
        }
    }

    private static List<Double> compute(Line line) {
        var kind = line.kind.split(" ");
        return switch (kind[0]) {
            case "t" -> both(new Differences(line.row()).studentT().orElseThrow());
            case "wilcoxon" -> both(new Differences(line.row()).signedRank().orElseThrow());
            case "margin" -> margin(line.row());
            case "mcnemar" -> mcNemar(new McNemar(line.whole(0), line.whole(1)));
            case "clustered" ->
                both(McNemar.clustered(line.row().stream().map(Double::intValue).toList()));
            case "holm" -> Holm.adjusted(line.row());
            case "range" -> List.of(StudentizedRange.quantile(line.row().get(0), line.whole(1)));
            case "friedman" -> friedman(CriticalDifference.of(line.figures, true));
            case "nemenyi" -> nemenyi(CriticalDifference.of(line.figures, true));
            case "components" -> components(cells(line.figures, Integer.parseInt(kind[2])));
            case "bootstrap" -> {
                var interval = Bootstrap.mean(line.figures).orElseThrow();
                yield List.of(interval.low(), interval.high());
            }
            default -> throw new IllegalArgumentException(line.kind);
        };
    }

    private static List<Double> both(Outcome outcome) {
        return List.of(outcome.statistic(), outcome.p());
    }

    private static List<Double> margin(List<Double> differences) {
        var paired = PairedDifference.of(differences);
        return List.of(
                paired.mean(),
                MeanAndDeviation.of(differences).deviation().orElseThrow(),
                paired.margin().orElseThrow());
    }

    private static List<Double> mcNemar(McNemar test) {
        return List.of(
                test.exact().p(), test.corrected().statistic(), test.corrected().p());
    }

    private static List<Double> friedman(CriticalDifference ranking) {
        return Stream.of(
                        both(ranking.friedman()),
                        both(ranking.imanDavenport()),
                        List.of(ranking.difference()),
                        ranking.ranks())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Double> nemenyi(CriticalDifference ranking) {
        return IntStream.range(1, ranking.ranks().size())
                .mapToObj(other -> ranking.nemenyi(0, other))
                .toList();
    }

    private static List<List<List<Double>>> cells(List<List<Double>> rows, int orders) {
        var arms = new ArrayList<List<List<Double>>>();
        for (var from = 0; from < rows.size(); from += orders) {
            arms.add(rows.subList(from, from + orders));
        }
        return arms;
    }

    private static List<Double> components(List<List<List<Double>>> cells) {
        var found = Components.of(cells);
        return DoubleStream.of(
                        found.arm(),
                        found.order(),
                        found.both(),
                        found.seed().orElse(0),
                        found.orderInGap().orElseThrow())
                .boxed()
                .toList();
    }

    static Stream<Line> lines() throws IOException {
        var lines = Files.readAllLines(FIXTURES).stream().map(Line::of).toList();
        assertTrue(lines.size() > 80, "fixtures are missing");
        return lines.stream();
    }
}
