package karuta.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import karuta.metrics.AccuracyMatrix;
import karuta.study.KarutaFactory;
import karuta.study.Run;
import karuta.study.record.Entries;
import karuta.study.record.RunFolder;
import org.junit.jupiter.api.Test;

/** A thousand runs are put into tables without comparing each with each, and into the same ones. */
class NeighboursTest {

    private static final AccuracyMatrix MATRIX =
            new AccuracyMatrix(List.of("a", "b"), List.of(new AccuracyMatrix.Row(List.of(), List.of(0.0, 0.0))));

    private static Result result(int number, Run run) {
        run.setStarted("2026-01-01T12:00:00Z");
        return new Result(new RunFolder(Path.of("run" + number)), run, Optional.of(MATRIX));
    }

    private static void part(Run run, String name, String bundle, int build) {
        var part = KarutaFactory.eINSTANCE.createPart();
        part.setName(name);
        part.setBundle(bundle);
        part.setVersion("1.0.0");
        part.setFile(bundle + ".jar");
        part.setSha256("build " + build);
        part.setGround("g");
        run.getParts().add(part);
    }

    /** A run that may differ in whatever counts, so that all reasons to stand apart meet each other. */
    private static Result drawn(int number, Random random) {
        var run = Runs.run(random.nextBoolean() ? "dual" : "lora", random.nextInt(6), 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
        run.setOrder(random.nextBoolean() ? "default" : "backward");
        if (random.nextInt(4) == 0) {
            run.getTasks().move(0, 1);
        }
        if (random.nextInt(12) == 0) {
            run.getTasks().set(0, "c");
        }
        if (random.nextInt(12) == 0) {
            run.getWatched().add("w");
        }
        if (random.nextInt(12) == 0) {
            run.getBenchmark().setId("cards15");
        }
        if (random.nextInt(3) > 0) {
            run.getMatrix().getScorers().addAll(List.of("exact", random.nextInt(6) == 0 ? "choice.coin" : "exact"));
        }
        if (random.nextInt(3) > 0) {
            run.getFingerprints().add(Entries.note("data", "d" + random.nextInt(6) / 5));
        }
        if (random.nextInt(8) == 0) {
            run.getTraining().setRate(1);
        }
        if (random.nextInt(3) > 0) {
            part(run, "selector.dual", "mine", random.nextInt(6) / 5);
        }
        if (random.nextInt(3) == 0) {
            part(run, "selector.dual", "yours", 0);
        }
        run.getFingerprints().add(Entries.note("run", "r" + random.nextInt(2)));
        return result(number, run);
    }

    @Test
    void theTablesAreThoseOfAllComparedWithAll() {
        var kinds = new HashSet<String>();
        for (var seed = 0; seed < 60; seed++) {
            var random = new Random(seed);
            var tables = new ArrayList<List<Result>>();
            var neighbours = new ArrayList<Neighbours>();
            for (var i = 0; i < 25; i++) {
                var result = drawn(i, random);
                var free = -1;
                for (var table = 0; table < tables.size(); table++) {
                    var all = tables.get(table).stream()
                            .flatMap(other -> Compatibility.conflict(other, result).stream())
                            .max(Comparator.comparing(Compatibility::sameRun));
                    assertEquals(all, neighbours.get(table).conflict(result), "seed " + seed);
                    all.ifPresent(conflict -> kinds.add(
                            conflict.why().replaceAll("run\\d+|\"\\w+\"", "").replaceFirst("(,| of) .*", "")));
                    free = all.isEmpty() && free < 0 ? table : free;
                }
                if (free < 0) {
                    free = tables.size();
                    tables.add(new ArrayList<>());
                    neighbours.add(new Neighbours());
                }
                tables.get(free).add(result);
                neighbours.get(free).add(result);
            }
        }
        assertEquals(10, kinds.size(), "every reason was met: " + kinds);
    }

    private static int compared(int runs) {
        var neighbours = new Neighbours();
        var compared = 0;
        for (var i = 0; i < runs; i++) {
            var run = Runs.run("dual", i / 20, 0.1, 0.2, 0.8, 0.3, 0.7, 0.9);
            run.getArm().setName("arm " + i % 20);
            part(run, "selector.dual", "mine", 0);
            var result = result(i, run);
            compared += neighbours.asked(result).size();
            assertTrue(neighbours.conflict(result).isEmpty());
            neighbours.add(result);
        }
        return compared;
    }

    @Test
    void twiceTheRunsAreTwiceTheComparisons() {
        var few = compared(200);
        var many = compared(400);
        assertTrue(many <= 2.1 * few, few + " comparisons of 200 runs, " + many + " of 400");
    }
}
