package karuta.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What NumPy makes of the definitions, see releng/statistics/metrics.py. */
class MetricFixturesTest {

    private static final Path FIXTURES = Path.of("test/fixtures/metrics.txt");

    record Case(AccuracyMatrix matrix, References references, Map<String, Double> expected) {

        static Case of(String line) {
            var parts = line.split("\\|");
            var rows = Stream.of(parts[0].split(";")).map(Case::numbers).toList();
            var tasks = IntStream.range(0, rows.get(0).size())
                    .mapToObj(i -> "task" + i)
                    .toList();
            var references = new References(Map.of(
                    Reference.JOINT, byTask(tasks, parts[1]),
                    Reference.INDEPENDENT, byTask(tasks, parts[2]),
                    Reference.UNTRAINED, byTask(tasks, parts[3])));
            var expected = Stream.of(parts[4].strip().split(" "))
                    .map(value -> value.split("="))
                    .collect(Collectors.toMap(value -> value[0], value -> Double.valueOf(value[1])));
            return new Case(AccuracyMatrix.sequential(tasks, rows), references, expected);
        }

        private static List<Double> numbers(String text) {
            return Stream.of(text.strip().split(" ")).map(Double::valueOf).toList();
        }

        private static Map<String, Double> byTask(List<String> tasks, String text) {
            var scores = numbers(text);
            var byTask = new HashMap<String, Double>();
            IntStream.range(0, tasks.size()).forEach(i -> byTask.put(tasks.get(i), scores.get(i)));
            return byTask;
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(FIXTURES).stream().map(Case::of);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyDefinitionIsWhatNumpyMakesOfIt(Case given) {
        for (var metric : Metric.values()) {
            var found = metric.of(given.matrix, given.references);
            if (given.expected.containsKey(metric.id())) {
                assertEquals(given.expected.get(metric.id()), found.orElseThrow(), 1e-9, metric.id());
            } else {
                assertEquals(OptionalDouble.empty(), found, metric.id());
                assertEquals(1, given.matrix.size(), metric.id() + " is in no fixture");
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void whatNeedsAReferenceHasNoValueWithoutIt(Case given) {
        for (var metric : Metric.values()) {
            if (!metric.needs().isEmpty()) {
                assertEquals(OptionalDouble.empty(), metric.of(given.matrix), metric.id());
            }
        }
    }

    @Test
    void aTaskThatJointTrainingDoesNotLearnHasNoForgettingRatio() {
        var matrix = AccuracyMatrix.sequential(List.of("a"), List.of(List.of(0.1), List.of(0.6)));
        var same = Map.of("a", 0.25);
        assertEquals(
                OptionalDouble.empty(),
                Metric.FORGETTING_RATIO.of(
                        matrix, new References(Map.of(Reference.JOINT, same, Reference.UNTRAINED, same))));
    }
}
