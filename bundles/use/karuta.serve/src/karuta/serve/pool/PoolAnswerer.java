package karuta.serve.pool;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import karuta.api.Query;
import karuta.api.Selection;
import karuta.api.Selection.Pick;
import karuta.archive.git.Revision;
import karuta.archive.pool.CardRecord;
import karuta.serve.desk.Answerer;
import karuta.serve.event.Taken;
import karuta.serve.event.Tokens;
import karuta.use.OpenPool;
import karuta.use.ask.Abstention;
import karuta.use.ask.Asking;
import karuta.use.ask.Reply;

/** A revision of a pool, opened with its models. */
final class PoolAnswerer implements Answerer {

    private final OpenPool pool;
    private final Asking asking;
    private final String code;
    private final List<CardRecord> cards;
    private final Runnable closed;

    /**
     * @param pool opened; closed by this
     * @param abstention says when it has no answer; empty where it always has one
     * @param code names the strategies' code
     * @param closed is told when it is
     */
    PoolAnswerer(OpenPool pool, Optional<Abstention> abstention, String code, Runnable closed) {
        this.pool = pool;
        this.asking = Asking.of(pool, abstention);
        this.code = code;
        this.cards = pool.files().cards();
        this.closed = closed;
    }

    OpenPool pool() {
        return pool;
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
        var replies = asking.ask(queries);
        return IntStream.range(0, replies.size())
                .mapToObj(i -> said(queries.get(i), replies.get(i)))
                .toList();
    }

    private Said said(Query query, Reply reply) {
        if (reply instanceof Reply.Said said) {
            var answer = said.answer();
            return said(answer.text(), answer.selection(), false, tokens(query, answer.text()));
        }
        if (reply instanceof Reply.Abstained abstained) {
            var question = new Tokens(tokens(query, "").question(), 0);
            return said(abstained.why().words(), abstained.selection(), true, question);
        }
        throw ((Reply.Unfit) reply).why();
    }

    private static Said said(String text, Selection selection, boolean abstained, Tokens tokens) {
        return new Said(
                text,
                selection.picks().stream().map(PoolAnswerer::taken).toList(),
                selection.runnerUp().map(PoolAnswerer::taken),
                abstained,
                tokens);
    }

    private static Taken taken(Pick pick) {
        return new Taken(pick.card().id(), pick.card().task(), pick.score());
    }

    private Tokens tokens(Query query, String answer) {
        return pool.tokenization()
                .map(tokenization -> tokenization.length(query, answer, 0))
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
