package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import karuta.api.Ability;
import karuta.engine.catalog.Strategies;
import karuta.engine.plan.Planner;
import karuta.study.file.StudyException;
import karuta.study.file.StudyReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** What the strategies that ship need and give, as their bundles declare it. */
@ExtendWith(ServiceExtension.class)
class NeedsIT {

    private static final Set<Ability> BOTH = Set.of(Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES);

    @InjectService
    Strategies strategies;

    @Test
    void shippedStrategiesDeclareWhatTheyNeed() {
        var needs = new TreeMap<String, Set<Ability>>();
        strategies.types().stream()
                .filter(type -> !type.abilities().needs().isEmpty())
                .forEach(type -> needs.put(type.name(), type.abilities().needs()));
        var expected = new TreeMap<>(Map.of(
                "baseline.agem", Set.of(Ability.STORED_SAMPLES),
                "baseline.der", Set.of(Ability.STORED_SAMPLES),
                "baseline.gem", Set.of(Ability.STORED_SAMPLES),
                "baseline.replay", Set.of(Ability.STORED_SAMPLES),
                "fusion.drape", Set.of(Ability.QUERY_EMBEDDINGS),
                "learner.keeplora", Set.of(Ability.WEIGHTS),
                "selector.image", Set.of(Ability.IMAGE_FEATURES),
                "selector.oracle", Set.of(Ability.TRUE_TASK),
                "selector.text", Set.of(Ability.TEXT_FEATURES),
                "selector.disco", Set.of(Ability.TEXT_FEATURES)));
        expected.put("pool.disco", Set.of(Ability.TEXT_FEATURES));
        expected.put("pool.hide", BOTH);
        expected.put("pool.prototype", Set.of(Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES, Ability.ONE_WIDTH));
        for (var id : Set.of("dual", "hide", "mass", "modality", "repro", "threshold")) {
            expected.put("selector." + id, BOTH);
        }
        assertEquals(expected, needs);
    }

    @Test
    void backbonesAndEncodersDeclareWhatTheyGive() {
        var given = new TreeMap<String, Optional<Set<Ability>>>();
        strategies.types().stream()
                .filter(type -> type.abilities().provides().isPresent())
                .forEach(type -> given.put(type.name(), type.abilities().provides()));
        var open = Optional.of(Set.of(Ability.PROJECTOR, Ability.WEIGHTS, Ability.QUERY_EMBEDDINGS));
        assertEquals(
                Map.of(
                        "backbone.llava",
                        open,
                        "backbone.tiny",
                        open,
                        "encoder.clip",
                        Optional.of(BOTH),
                        "encoder.tiny",
                        Optional.of(BOTH)),
                given);
    }

    @Test
    void storedSamplesAreRefusedByNameBeforeAnythingIsLoaded() {
        var study = """
            study: needs
            seeds: [1]
            exemplarFree: true
            backbone: tiny
            encoder: tiny
            benchmark: cards
            arms:
              replay:
                baseline: replay
                over: {baseline: lora}
            """;
        var refused = assertThrows(
                StudyException.class, () -> Planner.plan(strategies, StudyReader.parse("needs.yaml", study)));
        assertEquals(
                "needs.yaml:9: baseline.replay needs stored samples of earlier tasks, and the study says \"exemplarFree:"
                        + " true\"; take \"exemplarFree: true\" out of the study, or use a method that stores none",
                refused.getMessage());
    }
}
