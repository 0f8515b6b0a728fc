package karuta.scoring.rule;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import karuta.api.KarutaException;

/**
 * Which rules are asked for.
 *
 * @param asked full ids, also with a slash ({@code choice/coin}), or the names of codes ({@code coin}); none for all of a task's
 */
public record RuleChoice(List<String> asked) {

    /** Copies the list. */
    public RuleChoice {
        asked = asked.stream().map(word -> word.strip().replace('/', '.')).toList();
    }

    /**
     * The ids of the rules for a task, each once.
     *
     * @param usual the rules that go with the task, its own first; none if nobody says
     * @param all the ids of all rules there are
     * @throws KarutaException if a word means no rule
     */
    public List<String> of(String task, List<String> usual, Set<String> all) {
        if (asked.isEmpty() && usual.isEmpty()) {
            throw new KarutaException(
                    "Nobody says by which rule " + task + " is scored.",
                    "Say it: --rule ID; `karuta strategies scorer` lists all.");
        }
        var chosen = new LinkedHashSet<String>(asked.isEmpty() ? usual : List.of());
        for (var word : asked) {
            var meant = all.contains(word)
                    ? List.of(word)
                    : usual.stream().filter(id -> isOf(id, word)).toList();
            if (meant.isEmpty()) {
                throw new KarutaException(
                        "\"" + word + "\" is no rule, nor the end of one that goes with " + task + ".",
                        "These go with it: " + (usual.isEmpty() ? "none that is known" : String.join(", ", usual))
                                + "; `karuta strategies scorer` lists all.");
            }
            chosen.addAll(meant);
        }
        return List.copyOf(chosen);
    }

    /** Whether a rule is a code's: {@code equal.coin-upper} is CoIN's. */
    private static boolean isOf(String id, String code) {
        var owner = id.substring(id.indexOf('.') + 1);
        return owner.equals(code) || owner.startsWith(code + "-");
    }
}
