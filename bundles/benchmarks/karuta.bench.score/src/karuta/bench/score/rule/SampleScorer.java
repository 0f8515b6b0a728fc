package karuta.bench.score.rule;

import java.util.List;
import karuta.api.Sample;
import karuta.api.Scorer;
import karuta.api.Scores;

/** A rule that needs of the other samples nothing, but of an answer's own sample more than one reference. */
@FunctionalInterface
public interface SampleScorer extends Scorer {

    /** What an answer to a sample counts, and what was read out of it. */
    Scores.Score score(Sample sample, String answer);

    @Override
    default Scores score(List<Response> responses) {
        return Scores.mean(responses.stream()
                .map(response -> score(response.sample(), response.answer()))
                .toList());
    }
}
