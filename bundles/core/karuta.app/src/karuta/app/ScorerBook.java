package karuta.app;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import karuta.api.KarutaException;
import karuta.api.Scorer;
import karuta.engine.catalog.Kind;
import karuta.engine.catalog.Strategies;
import karuta.engine.catalog.StrategyType;
import karuta.scoring.rule.Rule;
import karuta.scoring.rule.RuleBook;

/** The rules that are installed, each made once and when it is needed. */
final class ScorerBook implements RuleBook, AutoCloseable {

    private final Strategies strategies;
    private final Map<String, Strategies.Instance> made = new LinkedHashMap<>();

    ScorerBook(Strategies strategies) {
        this.strategies = strategies;
    }

    @Override
    public Set<String> ids() {
        return strategies.types().stream()
                .filter(type -> type.kind() == Kind.SCORER)
                .map(StrategyType::id)
                .collect(Collectors.toSet());
    }

    @Override
    public Rule rule(String id) {
        // made when it is needed: a rule that lacks a program of its own must not keep the others from scoring
        return new Rule(
                id, responses -> ((Scorer) made.computeIfAbsent(id, this::make).strategy()).score(responses));
    }

    private Strategies.Instance make(String id) {
        var type = strategies.find(Kind.SCORER, id).orElseThrow(() -> {
            var missing = strategies.missing(Kind.SCORER, id);
            return new KarutaException(missing.what(), missing.remedy());
        });
        return strategies.create(type, Map.of());
    }

    @Override
    public void close() {
        made.values().forEach(Strategies.Instance::close);
    }
}
