package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Benchmark;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.OptionType;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.test.common.annotation.InjectBundleContext;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.context.BundleContextExtension;
import org.osgi.test.junit5.service.ServiceExtension;

/** Strategies are found in their bundles, described by them, and made afresh for every user. */
@ExtendWith({ServiceExtension.class, BundleContextExtension.class})
class WiringIT {

    @InjectService
    Strategies strategies;

    @Test
    void everyBundleIsWired(@InjectBundleContext BundleContext context) {
        var unresolved = Arrays.stream(context.getBundles())
                .filter(bundle -> bundle.getState() == Bundle.INSTALLED)
                .map(Bundle::getSymbolicName)
                .toList();
        assertEquals(List.of(), unresolved);
    }

    @Test
    void aStrategyIsKnownByItsKindAndItsBundle() {
        var selectors = strategies.types().stream()
                .filter(type -> type.kind() == Kind.SELECTOR)
                .map(type -> type.source().bundle() + " " + type.id())
                .sorted()
                .toList();
        assertEquals(
                List.of(
                        "karuta.method.coda coda",
                        "karuta.method.disco disco",
                        "karuta.method.dualprompt dualprompt",
                        "karuta.method.hide hide",
                        "karuta.method.l2p l2p",
                        "karuta.method.progressive progressive",
                        "karuta.method.sprompts sprompts",
                        "karuta.selector.dual dual",
                        "karuta.selector.image image",
                        "karuta.selector.mass mass",
                        "karuta.selector.modality modality",
                        "karuta.selector.oracle oracle",
                        "karuta.selector.random random",
                        "karuta.selector.repro repro",
                        "karuta.selector.text text",
                        "karuta.selector.threshold threshold"),
                selectors);
    }

    @Test
    void everyStrategyCanBeMadeFromItsDefaults() {
        for (var type : strategies.types()) {
            var scorer = type.kind() == Kind.SCORER; // some run programs that are not there; ScorersIT makes them all
            if (!scorer
                    && type.options().stream()
                            .allMatch(option -> option.defaults().isPresent())) {
                try (var instance = strategies.create(type, Map.of())) {
                    assertTrue(type.kind().contract().isInstance(instance.strategy()), type.name());
                }
            }
        }
    }

    @Test
    void optionsHaveDefaultsAndLimits() {
        var lambda = dual().option("lambda").orElseThrow();
        assertEquals(Optional.of(List.of("0.5")), lambda.defaults());
        assertEquals(new OptionType.Limits(Optional.of(0.0), Optional.of(1.0)), lambda.limits());
    }

    @Test
    void aListOfNumbersReachesItsStrategy() {
        var type = strategies.find(Kind.BENCHMARK, "cards15").orElseThrow();
        var shares = type.option("overlap").orElseThrow().read(List.of("100", "0", "0"));
        try (var instance = strategies.create(type, Map.of("overlap", shares.orElseThrow(), "train", 8, "test", 1))) {
            var tasks = (Benchmark) instance.strategy();
            assertEquals(0, own(tasks, "tally-day"));
            assertEquals(8, own(tasks, "badge-day"));
        }
    }

    @Test
    void usersNeverShareAnInstance() {
        try (var one = strategies.create(dual(), Map.of());
                var other = strategies.create(dual(), Map.of())) {
            assertNotSame(one.strategy(), other.strategy());
        }
    }

    private static long own(Benchmark tasks, String task) {
        return tasks.task(task).train().stream()
                .filter(sample -> sample.id().endsWith("-own"))
                .count();
    }

    private StrategyType dual() {
        return strategies.find(Kind.SELECTOR, "dual").orElseThrow();
    }
}
