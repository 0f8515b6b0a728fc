package karuta.serve.pool;

import java.util.List;
import java.util.stream.IntStream;
import karuta.api.Answer;
import karuta.api.Query;
import karuta.api.Selection.Pick;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardRecord;
import karuta.serve.desk.Answerer;
import karuta.serve.event.Taken;
import karuta.serve.event.Tokens;
import karuta.use.OpenPool;

/** A revision of a pool, opened with its models. */
final class PoolAnswerer implements Answerer {

    private final OpenPool pool;
    private final String code;
    private final List<CardRecord> cards;
    private final Runnable closed;

    /**
     * @param pool opened; closed by this
     * @param code names the strategies' code
     * @param closed is told when it is
     */
    PoolAnswerer(OpenPool pool, String code, Runnable closed) {
        this.pool = pool;
        this.code = code;
        this.cards = pool.files().cards();
        this.closed = closed;
    }

    Revision of() {
        return pool.files().snapshot().revision();
    }

    String code() {
        return code;
    }

    List<CardRecord> cards() {
        return cards;
    }

    @Override
    public String revision() {
        return of().id();
    }

    @Override
    public List<Said> ask(List<Query> queries) {
        var answers = pool.ask(queries);
        return IntStream.range(0, answers.size())
                .mapToObj(i -> said(queries.get(i), answers.get(i)))
                .toList();
    }

    private Said said(Query query, Answer answer) {
        var selection = answer.selection();
        return new Said(
                answer.text(),
                selection.picks().stream().map(PoolAnswerer::taken).toList(),
                selection.runnerUp().map(PoolAnswerer::taken),
                false,
                tokens(query, answer));
    }

    private static Taken taken(Pick pick) {
        return new Taken(pick.card().id(), pick.card().task(), pick.score());
    }

    private Tokens tokens(Query query, Answer answer) {
        return pool.tokenization()
                .map(tokenization -> tokenization.length(query, answer.text(), 0))
                .map(length -> new Tokens(length.question(), length.answer()))
                .orElse(Tokens.UNKNOWN);
    }

    @Override
    public void close() {
        try {
            pool.close();
        } finally {
            closed.run();
        }
    }
}
