package karuta.scoring.rule;

import java.util.Set;
import karuta.api.KarutaException;

/** The rules that are there. */
public interface RuleBook {

    /** The ids of all. */
    Set<String> ids();

    /**
     * A rule.
     *
     * @throws KarutaException if there is none of this id
     */
    Rule rule(String id);
}
