package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import karuta.api.KarutaException;
import karuta.engine.catalog.Failures;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Source;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.engine.plan.Planner;
import karuta.engine.run.CancellationToken;
import karuta.engine.run.RunOptions;
import karuta.engine.run.StudyListener;
import karuta.engine.run.StudyRunner;
import karuta.it.dropped.Explodes;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** What a jar brings or breaks is told as that jar's. */
@ExtendWith({ServiceExtension.class, BundleContextExtension.class})
class DroppedInIT {

    private static final String STUDY = """
        study: dropped
        seeds: [1]
        backbone: tiny
        encoder: tiny
        benchmark: {id: cards, train: 4, test: 2}
        tasks: [scienceqa, vizwiz]
        training: {steps: 1, batch: 4}
        arms:
          a: {learner: prompt, pool: {id: prototype, length: 2}, selector: %s, fusion: concat}
        """;

    @InjectService
    Strategies strategies;

    @InjectBundleContext
    BundleContext context;

    @TempDir
    Path folder;

    private Bundle installed;

    private void drop(String id, String implementation, boolean withClass) throws IOException, BundleException {
        var file = folder.resolve("mine.jar");
        new ComponentJar("dropped", "1.2.3", "karuta.api")
                .write(file, id, implementation, withClass ? List.of(Explodes.class) : List.of(), Map.of());
        installed = context.installBundle(file.toUri().toString());
        installed.start();
    }

    @AfterEach
    void takeOut() throws BundleException {
        installed.uninstall();
    }

    private StudyRunner runner(String selector) {
        var plan = Planner.plan(strategies, StudyReader.parse("s.yaml", STUDY.formatted(selector)));
        var options = new RunOptions(folder.resolve("out"), folder.resolve("cache"), 1, false, false);
        return new StudyRunner(strategies, plan, options, StudyListener.NOBODY, new CancellationToken());
    }

    @Test
    void anIdThatIsTakenIsRefusedWithBothBundles() throws IOException, BundleException {
        drop("dual", Explodes.class.getName(), true);

        var refused = assertThrows(StudyException.class, () -> runner("dual")).getMessage();
        assertTrue(refused.startsWith("s.yaml:9: there are 2 of selector \"dual\": of bundle "), refused);
        assertTrue(refused.contains("bundle dropped 1.2.3 (dropins/mine.jar)"), refused);
        assertTrue(refused.contains("bundle karuta.selector.dual "), refused);
        runner("text");
        runner("{id: dual, bundle: karuta.selector.dual}").validate();
        var told = assertThrows(
                StudyException.class,
                () -> runner("{id: dual, bundle: dropped}").validate());
        assertTrue(told.getMessage().contains("Explodes.select"), told.getMessage());
        assertEquals(1, strategies.ambiguities().size());
    }

    @Test
    void anExceptionInItsCodeIsToldWithBundleAndLine() throws IOException, BundleException {
        drop("explodes", Explodes.class.getName(), true);

        var told = assertThrows(StudyException.class, () -> runner("explodes").validate())
                .getMessage();
        assertTrue(told.startsWith("s.yaml:9: arm \"a\": dropins/mine.jar (bundle dropped 1.2.3) failed in "), told);
        assertTrue(told.contains("Explodes.select(Explodes.java:13): "), told);
        assertTrue(told.contains("on purpose"), told);
    }

    @Test
    void aClassThatItDoesNotHaveIsNamed() throws IOException, BundleException {
        drop("classless", "no.such.Thing", false);

        var type = strategies.find(Kind.SELECTOR, "classless").orElseThrow();
        var told = assertThrows(KarutaException.class, () -> strategies.create(type, Map.of()))
                .getMessage();
        assertTrue(
                told.startsWith("Strategy selector.classless of bundle dropped 1.2.3 (dropins/mine.jar) failed to load:"
                        + " there is no class no.such.Thing"),
                told);
    }

    @Test
    void everyBundleOfAStrategyHasAHashOfItsOwn() throws IOException, BundleException {
        drop("mine", Explodes.class.getName(), true);

        var shipped = strategies.types().stream()
                .filter(type -> List.of(Kind.SELECTOR, Kind.FUSION).contains(type.kind()))
                .map(StrategyType::source)
                .toList();
        var hashes = shipped.stream().map(Source::hash).distinct().toList();
        assertEquals(shipped.stream().map(Source::bundle).distinct().count(), hashes.size());
        assertTrue(hashes.stream().allMatch(hash -> hash.matches("[0-9a-f]{64}")), hashes.toString());
        assertEquals(
                true,
                new Failures(strategies).explain(new IllegalStateException()).isEmpty());
    }
}
