package karuta.it;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    void everyRuleCanBeMade() {
        for (var type : scorers()) {
            strategies.create(type, Map.of()).close();
        }
    }
}
