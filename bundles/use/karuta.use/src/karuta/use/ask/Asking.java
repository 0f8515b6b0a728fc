package karuta.use.ask;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.KarutaException;
import karuta.api.Query;
import karuta.api.Selection;
import karuta.use.OpenPool;

/**
 * Asks several questions at once. One that cannot be asked spoils no other one's answer, and one that no card is like is not
 * answered; that is known before the large model runs.
 */
public final class Asking {

    private final Function<List<Query>, List<Selection>> select;
    private final Function<List<Query>, List<Map<String, float[]>>> features;
    private final Function<List<Query>, List<Answer>> answer;
    private final Optional<Abstention> abstention;

    /**
     * @param select which cards would answer
     * @param features of each query, by name
     * @param answer who answers
     */
    Asking(
            Function<List<Query>, List<Selection>> select,
            Function<List<Query>, List<Map<String, float[]>>> features,
            Function<List<Query>, List<Answer>> answer,
            Optional<Abstention> abstention) {
        this.select = select;
        this.features = features;
        this.answer = answer;
        this.abstention = abstention;
    }

    /**
     * Asks a pool.
     *
     * @param abstention says when it has no answer; empty where it always has one
     */
    public static Asking of(OpenPool pool, Optional<Abstention> abstention) {
        return new Asking(pool::select, pool::features, pool::ask, abstention.map(rule -> rule.by(pool.encoder())));
    }

    /** What must be known of when it has no answer, see {@link Abstention#warnings}. */
    public List<String> warnings() {
        return abstention.map(Abstention::warnings).orElse(List.of());
    }

    /**
     * Asks.
     *
     * @return a reply per question, in their order
     */
    public List<Reply> ask(List<Query> queries) {
        try {
            return queries.isEmpty() ? List.of() : together(queries);
        } catch (KarutaException unfit) {
            return queries.size() == 1
                    ? List.of(new Reply.Unfit(unfit))
                    : queries.stream()
                            .flatMap(query -> ask(List.of(query)).stream())
                            .toList();
        }
    }

    private List<Reply> together(List<Query> queries) {
        var refused = abstention.map(rule -> refused(rule, queries)).orElseGet(() -> all(queries));
        var open = new ArrayList<Query>();
        for (var i = 0; i < refused.size(); i++) {
            if (refused.get(i).isEmpty()) {
                open.add(queries.get(i));
            }
        }
        Iterator<Answer> answers = open.isEmpty()
                ? List.<Answer>of().iterator()
                : answer.apply(open).iterator();
        return refused.stream()
                .map(reply -> reply.orElseGet(() -> new Reply.Said(answers.next())))
                .toList();
    }

    private List<Optional<Reply>> refused(Abstention rule, List<Query> queries) {
        var selections = select.apply(queries);
        var encoded = features.apply(queries);
        return IntStream.range(0, queries.size())
                .mapToObj(i -> rule.doubt(encoded.get(i), selections.get(i))
                        .<Reply>map(why -> new Reply.Abstained(selections.get(i), why)))
                .toList();
    }

    /** None of them is refused. */
    private static List<Optional<Reply>> all(List<Query> queries) {
        return queries.stream().map(query -> Optional.<Reply>empty()).toList();
    }
}
