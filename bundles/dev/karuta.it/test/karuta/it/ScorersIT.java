package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.test.common.annotation.InjectService;
import org.osgi.test.junit5.service.ServiceExtension;

/** The scoring rules as a study finds them. */
@ExtendWith(ServiceExtension.class)
class ScorersIT {

    @InjectService
    Strategies strategies;

    private List<StrategyType> scorers() {
        return strategies.types().stream()
                .filter(type -> type.kind() == Kind.SCORER)
                .toList();
    }

    @Test
    void everyRuleTellsWhatItDoesAndWhatIsWrongWithItAndWhereItComesFrom() {
        for (var type : scorers()) {
            assertTrue(type.paper().isPresent(), type.describe());
            assertTrue(type.description().matches("(?s)[A-Z\"].*\\. .*\\."), type.describe() + type.description());
        }
    }

    @Test
    void aRuleWithADotInItsIdIsFoundAndMade() {
        var type = strategies.find(Kind.SCORER, "equal.coin-upper").orElseThrow();
        try (var made = strategies.create(type, Map.of())) {
            var sample = new Sample("1", new Query(Optional.empty(), "What?"), "cat");
            var scores = ((Scorer) made.strategy()).score(List.of(new Scorer.Response(sample, "CAT")));
            assertEquals(1, scores.value());
        }
    }

    @Test
    void everyRuleSaysWhoseItIsAndWhatIsScoredByItAndWhatMendsIt() {
        for (var type : scorers()) {
            var facts = type.rule().orElseThrow(() -> new AssertionError(type.describe()));
            assertTrue(!facts.of().isEmpty() && !facts.usedBy().isEmpty(), type.describe());
            facts.mendedBy()
                    .ifPresent(id -> assertTrue(
                            strategies.find(Kind.SCORER, id).isPresent(), type.id() + " is mended by " + id));
        }
        assertEquals(
                List.of("size"),
                strategies
                        .find(Kind.SCORER, "box.coin")
                        .orElseThrow()
                        .rule()
                        .orElseThrow()
                        .takes());
    }

    @Test
    void everyRuleCanBeMadeOrSaysWhatToInstall() {
        for (var type : scorers()) {
            try (var made = strategies.create(type, Map.of())) {
                assertTrue(made.strategy() instanceof Scorer);
            } catch (KarutaException without) {
                assertTrue(type.id().startsWith("caption."), type.describe());
                assertTrue(without.getMessage().contains("KARUTA_COCO_CAPTION"), without.getMessage());
            }
        }
    }
}
