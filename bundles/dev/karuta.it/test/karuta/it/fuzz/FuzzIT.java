package karuta.it.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import karuta.api.KarutaException;
import karuta.engine.catalog.Strategies;
import karuta.lmm.check.Models;
import karuta.study.file.StudyException;
import karuta.study.record.RecordException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/**
 * Damaged files of all kinds, read in this process: each is taken or refused with a message, within ten seconds, and Java
 * lives on. How many: the property {@code karuta.fuzz}; which: {@code karuta.fuzz.seed}.
 */
@ExtendWith({ServiceExtension.class, BundleContextExtension.class})
class FuzzIT {

    private static final int FILES = Integer.getInteger("karuta.fuzz", 2000);
    private static final long SEED = Long.getLong("karuta.fuzz.seed", 1);
    private static final int SECONDS = 10;

    @TempDir
    Path folder;

    @InjectBundleContext
    BundleContext context;

    @InjectService
    Strategies strategies;

    @InjectService
    Models models;

    private ExecutorService reader = Executors.newSingleThreadExecutor();

    @AfterEach
    void end() {
        reader.shutdownNow();
    }

    @TestFactory
    Stream<DynamicTest> damagedFilesAreTakenOrRefusedByName() throws Exception {
        return new Subjects(strategies, models, context, folder.resolve("right"))
                .all().stream().map(subject -> DynamicTest.dynamicTest(subject.name(), () -> read(subject)));
    }

    private void read(Subject subject) throws Exception {
        subject.use().of(subject.folder()); // undamaged
        var outcomes = new EnumMap<Verdict, Integer>(Verdict.class);
        var faults = new ArrayList<String>();
        var count = FILES * subject.share() / 100;
        for (var i = 0; i < count; i++) {
            var copy = folder.resolve(subject.name() + i);
            var file = subject.damage(SEED * 1_000_000_007L + i, copy);
            var changed = Files.mismatch(copy.resolve(file), subject.folder().resolve(file)) >= 0;
            var outcome = outcome(subject, copy);
            outcomes.merge(outcome.verdict, 1, Integer::sum);
            if (outcome.verdict == Verdict.FAULT) {
                faults.add(file + ", number " + i + ": " + outcome.what);
            } else if (outcome.verdict == Verdict.TAKEN && subject.sealed() && changed) {
                faults.add(file + ", number " + i + ": a change was not noticed");
            }
            delete(copy);
        }
        System.out.println("fuzz " + subject.name() + ": " + count + " files, " + outcomes);
        assertEquals(List.of(), faults.stream().limit(20).toList(), faults.size() + " of " + count);
    }

    private enum Verdict {
        TAKEN,
        REFUSED,
        FAULT
    }

    private record Outcome(Verdict verdict, String what) {}

    private Outcome outcome(Subject subject, Path copy) {
        var reading = reader.submit(() -> {
            subject.use().of(copy);
            return copy;
        });
        try {
            reading.get(SECONDS, TimeUnit.SECONDS);
            return new Outcome(Verdict.TAKEN, "");
        } catch (ExecutionException e) {
            var cause = e.getCause();
            if (cause instanceof KarutaException
                    || cause instanceof StudyException
                    || cause instanceof RecordException) {
                return new Outcome(Verdict.REFUSED, cause.getMessage());
            }
            var place = Arrays.stream(cause.getStackTrace()).limit(3).toList();
            return new Outcome(Verdict.FAULT, cause + " at " + place);
        } catch (TimeoutException e) {
            reader.shutdownNow();
            reader = Executors.newSingleThreadExecutor();
            return new Outcome(Verdict.FAULT, "no end after " + SECONDS + " s");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var all = Files.walk(folder)) {
            for (var file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
