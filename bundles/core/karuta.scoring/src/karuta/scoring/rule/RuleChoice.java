package karuta.scoring.rule;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import karuta.api.KarutaException;

/** Which rules are asked for, of one task after the other. */
public final class RuleChoice {

    private final List<String> asked;
    private final RuleBook book;
    private final Set<String> meaningless;
    private final Set<String> known = new LinkedHashSet<>();

    /**
     * @param asked full ids, also with a slash ({@code choice/coin}), or the names of codes ({@code coin}) whose rules are
     *     meant; none for all that go with a task
     * @param book all rules that there are
     */
    public RuleChoice(List<String> asked, RuleBook book) {
        this.asked = asked.stream().map(word -> word.strip().replace('/', '.')).toList();
        this.book = book;
        this.meaningless = new HashSet<>(this.asked);
    }

    /**
     * The rules for a task, each once. A task that has no rule of the codes that are asked for keeps its own.
     *
     * @param task its name
     * @param usual the ids of the rules that go with it, its own first; none if nobody says
     * @throws KarutaException if there is none
     */
    public List<Rule> of(String task, List<String> usual) {
        var chosen = new LinkedHashSet<String>(asked.isEmpty() ? usual : List.of());
        known.addAll(usual);
        for (var word : asked) {
            var meant = book.ids().contains(word)
                    ? List.of(word)
                    : usual.stream().filter(id -> isOf(id, word)).toList();
            if (!meant.isEmpty()) {
                meaningless.remove(word);
                chosen.addAll(meant);
            }
        }
        if (chosen.isEmpty() && usual.isEmpty() && asked.isEmpty()) {
            throw new KarutaException(
                    "Nobody says by which rule " + task + " is scored.",
                    "Say it: --rule ID; `karuta scorers` lists all.");
        }
        if (chosen.isEmpty()) {
            usual.stream().findFirst().ifPresent(chosen::add);
        }
        return chosen.stream().map(book::rule).toList();
    }

    /**
     * To be called when all tasks have their rules.
     *
     * @throws KarutaException if a word meant no rule for any of them
     */
    public void check() {
        for (var word : asked) {
            if (meaningless.contains(word)) {
                throw new KarutaException(
                        "\"" + word + "\" is the id of no rule, and not the end of one that goes with the task.",
                        "These go with it: " + (known.isEmpty() ? "none that is known" : String.join(", ", known))
                                + "; `karuta scorers` lists all.");
            }
        }
    }

    /** Whether a rule is a code's: {@code equal.coin-upper} is CoIN's. */
    private static boolean isOf(String id, String code) {
        var owner = id.substring(id.indexOf('.') + 1);
        return owner.equals(code) || owner.startsWith(code + "-");
    }
}
