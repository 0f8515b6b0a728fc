package karuta.scoring.rule;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import karuta.api.KarutaException;
import karuta.scoring.pair.Pairer;

/**
 * One set of answers under several rules.
 *
 * @param outcomes one for each rule that could score them
 * @param failures why the others could not
 */
public record Scoring(List<Outcome> outcomes, List<KarutaException> failures) {

    /** Copies the lists. */
    public Scoring {
        outcomes = List.copyOf(outcomes);
        failures = List.copyOf(failures);
    }

    /**
     * Scores under every rule.
     *
     * @param pairing the name of a pairing, or of the code whose pairing it shall be for each rule
     * @throws KarutaException if there is no such pairing, or the answers do not pair so for any rule
     */
    public static Scoring of(Pairer pairer, List<Rule> rules, String pairing) {
        var outcomes = new ArrayList<Outcome>();
        var failures = new LinkedHashMap<String, KarutaException>();
        for (var rule : rules) {
            var way = pairer.way(pairing, rule.id());
            try {
                outcomes.add(Outcome.of(rule, way, pairer.pair(way)));
            } catch (KarutaException failed) {
                failures.putIfAbsent(failed.getMessage(), failed);
            }
        }
        if (outcomes.isEmpty() && failures.size() == 1) {
            throw failures.values().iterator().next();
        }
        return new Scoring(outcomes, List.copyOf(failures.values()));
    }
}
