package karuta.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import karuta.audit.Findings.Verdict;
import karuta.metrics.AccuracyMatrix;
import karuta.metrics.Metric;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables printed of random runs under every definition: what is right is never accused, what is planted is found. */
class RandomTablesTest {

    private static final List<Metric> BACKWARD =
            List.of(Metric.BWT, Metric.BWT_COIN, Metric.BWT_DIAZ, Metric.BWT_LIBCONTINUAL);
    private static final List<Metric> FORGETTING =
            List.of(Metric.FORGETTING, Metric.FORGETTING_MAX, Metric.FORGETTING_FIRST, Metric.FORGETTING_LIBCONTINUAL);
    private static final List<Metric> MEANS = List.of(Metric.LAST, Metric.MAA, Metric.MFT, Metric.AREA, Metric.AVERAGE);

    /** How much of the scores is printed. */
    private enum Shown {
        NOTHING,
        LAST,
        IMMEDIATE,
        MATRIX
    }

    @TempDir
    private Path folder;

    static IntStream seeds() {
        return IntStream.range(0, 40);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasRoundedIsNeverAccused(int seed) {
        assertEquals(List.of(), random(seed, Rounding.ONCE).faults());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whatWasCutOffIsNeverAccused(int seed) {
        assertEquals(List.of(), random(seed, Rounding.CUT).faults());
    }

    private enum Rounding {
        ONCE,
        CUT
    }

    private Findings random(int seed, Rounding rounding) {
        var printer = new Printer(folder, seed);
        var random = printer.random;
        var tasks = 2 + random.nextInt(5);
        var decimals = random.nextInt(3);
        var mode = rounding == Rounding.CUT
                ? RoundingMode.DOWN
                : random.nextBoolean() ? RoundingMode.HALF_UP : RoundingMode.HALF_EVEN;
        var backward = pick(BACKWARD, random);
        var forgetting = pick(FORGETTING, random);
        var mean = pick(MEANS, random);
        var turned = random.nextBoolean();
        var shown = Shown.values()[random.nextInt(4)];
        var headings = new ArrayList<>(List.of("method", "after"));
        if (shown != Shown.NOTHING) {
            headings.addAll(Printer.names(tasks));
        }
        headings.addAll(List.of("MFT", "MFN", "MAA", "BWT", "Forgetting", "Avg"));
        var rows = new ArrayList<List<String>>();
        rows.add(headings);
        for (var method = 0; method <= random.nextInt(4); method++) {
            var run = printer.run(tasks);
            var name = "method " + method;
            var scores = scores(name, run, shown, decimals, mode);
            rows.addAll(scores.subList(0, scores.size() - 1).stream()
                    .map(row -> padded(row, headings.size()))
                    .toList());
            var last = new ArrayList<>(scores.get(scores.size() - 1));
            for (var metric : List.of(Metric.MFT, Metric.LAST, Metric.MAA)) {
                last.add(random.nextInt(5) == 0 ? "-" : Printer.figure(metric, false, run, decimals, mode));
            }
            last.add(Printer.figure(backward, false, run, decimals, mode));
            last.add(Printer.figure(forgetting, turned, run, decimals, mode));
            last.add(Printer.figure(mean, false, run, decimals, mode));
            rows.add(last);
        }
        return printer.audit(rows, shown == Shown.NOTHING ? Optional.of(tasks) : Optional.empty());
    }

    /** The last row's figures are still to be added. */
    private static List<List<String>> scores(
            String method, AccuracyMatrix run, Shown shown, int decimals, RoundingMode mode) {
        var matrix = Printer.matrix(method, run, decimals, mode);
        return switch (shown) {
            case NOTHING -> List.of(List.of(method, "last"));
            case LAST -> List.of(matrix.get(matrix.size() - 1));
            case MATRIX -> matrix;
            case IMMEDIATE -> {
                var itself = new ArrayList<>(List.of(method, "itself"));
                for (var task = 1; task <= run.size(); task++) {
                    itself.add(Printer.percent(run.at(task, task), decimals, mode));
                }
                var last = new ArrayList<>(matrix.get(matrix.size() - 1));
                last.set(last.size() - 1, ""); // is the immediate one
                yield List.of(itself, last);
            }
        };
    }

    private static List<String> padded(List<String> row, int size) {
        var padded = new ArrayList<>(row);
        while (padded.size() < size) {
            padded.add("");
        }
        return padded;
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void figuresComputedOfRoundedFiguresAreNeverAccused(int seed) {
        var printer = new Printer(folder, seed);
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("method", "MFT", "MFN", "BWT"));
        for (var method = 0; method < 3; method++) {
            var run = printer.run(6);
            var mft = new BigDecimal(Printer.figure(Metric.MFT, false, run, 2, RoundingMode.HALF_UP));
            var mfn = new BigDecimal(Printer.figure(Metric.LAST, false, run, 2, RoundingMode.HALF_UP));
            rows.add(List.of(
                    "m" + method,
                    mft.toString(),
                    mfn.toString(),
                    mfn.subtract(mft).toString()));
        }
        assertEquals(List.of(), printer.audit(rows, Optional.of(6)).faults());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bwt/gem", "bwt/coin", "bwt/diaz", "bwt/libcontinual"})
    void withTheMatrixADefinitionIsToldFromAllOthers(String id) {
        var printer = new Printer(folder, 7);
        var metric = Metric.of(id).orElseThrow();
        var rows = new ArrayList<List<String>>();
        var headings = new ArrayList<>(List.of("method", "after"));
        headings.addAll(Printer.names(5));
        headings.add("BWT");
        rows.add(headings);
        for (var method = 0; method < 2; method++) {
            var run = printer.run(5);
            var matrix = Printer.matrix("m" + method, run, 2, RoundingMode.HALF_UP);
            matrix.subList(0, 4).forEach(row -> rows.add(padded(row, 8)));
            var last = new ArrayList<>(matrix.get(4));
            last.add(Printer.figure(metric, true, run, 2, RoundingMode.HALF_UP));
            rows.add(last);
        }
        var meant = printer.audit(rows).columns().stream()
                .filter(meaning -> meaning.verdict() == Verdict.MEANT)
                .map(meaning -> meaning.definition().name())
                .toList();
        assertEquals(List.of("-" + id), meant);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aFigureThatIsOffByMoreThanRoundingIsFoundAndMended(int seed) {
        var printer = new Printer(folder, seed);
        var tasks = 4 + seed % 5;
        var rows = figures(printer, tasks, 7);
        var column = 1 + seed % 3;
        var wrong = 1 + printer.random.nextInt(6);
        var right = planted(rows, wrong, column, "0.07"); // 0.045 are allowed, of BWT a share counts
        var findings = printer.audit(rows, Optional.of(tasks));
        assertEquals(1, findings.faults().size(), findings::toString);
        var fault = findings.faults().get(0);
        assertEquals("m" + wrong, fault.method());
        var correction = fault.corrections().stream()
                .filter(each -> each.label().equals(rows.get(0).get(column)))
                .findFirst()
                .orElseThrow();
        var miss = new BigDecimal(correction.corrected()).subtract(right).abs();
        assertTrue(miss.compareTo(new BigDecimal("0.02")) <= 0, fault::toString);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aMeanThatIsOffByMoreThanRoundingOnceIsAtLeastNoted(int seed) {
        var printer = new Printer(folder, seed);
        var tasks = 4 + seed % 5;
        var rows = figures(printer, tasks, 6);
        planted(rows, 1 + seed % 6, 1 + seed % 2, "0.03");
        var findings = printer.audit(rows, Optional.of(tasks));
        assertEquals(1, findings.faults().size() + findings.notes().size(), findings::toString);
    }

    private static List<List<String>> figures(Printer printer, int tasks, int methods) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("method", "MFT", "MFN", "BWT"));
        for (var method = 1; method <= methods; method++) {
            var run = printer.run(tasks);
            var row = new ArrayList<>(List.of("m" + method));
            for (var metric : List.of(Metric.MFT, Metric.LAST, Metric.BWT)) {
                row.add(Printer.figure(metric, false, run, 2, RoundingMode.HALF_UP));
            }
            rows.add(row);
        }
        return rows;
    }

    private static BigDecimal planted(List<List<String>> rows, int row, int column, String by) {
        var changed = new ArrayList<>(rows.get(row));
        var right = new BigDecimal(changed.get(column));
        changed.set(column, right.add(new BigDecimal(by)).toString());
        rows.set(row, changed);
        return right;
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void aScoreOfTheMatrixThatIsOffIsFound(int seed) {
        var printer = new Printer(folder, seed);
        var tasks = 3 + seed % 3;
        var headings = new ArrayList<>(List.of("method", "after"));
        headings.addAll(Printer.names(tasks));
        headings.addAll(List.of("MFT", "MFN", "MAA"));
        var run = printer.run(tasks);
        var rows = new ArrayList<List<String>>();
        rows.add(headings);
        var matrix = Printer.matrix("m", run, 2, RoundingMode.HALF_UP);
        matrix.subList(0, tasks - 1).forEach(row -> rows.add(padded(row, headings.size())));
        var last = new ArrayList<>(matrix.get(tasks - 1));
        for (var metric : List.of(Metric.MFT, Metric.LAST, Metric.MAA)) {
            last.add(Printer.figure(metric, false, run, 2, RoundingMode.HALF_UP));
        }
        rows.add(last);
        var stage = 1 + printer.random.nextInt(tasks);
        var task = 1 + printer.random.nextInt(stage);
        planted(rows, stage, 1 + task, run.at(stage, task) > 0.5 ? "-2.50" : "2.50");
        var findings = printer.audit(rows);
        assertEquals(1, findings.faults().size(), findings::toString);
        assertTrue(
                findings.faults().get(0).conflict().stream().anyMatch(number -> number.startsWith("Task" + task)),
                findings::toString);
    }
}
