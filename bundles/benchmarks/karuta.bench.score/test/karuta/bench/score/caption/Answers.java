package karuta.bench.score.caption;

import java.util.Optional;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.Scorer;

/** Answers for tests. */
final class Answers {

    private Answers() {}

    static Scorer.Response one(String answer, String reference) {
        return new Scorer.Response(new Sample("1", new Query(Optional.empty(), "What is it?"), reference), answer);
    }
}
