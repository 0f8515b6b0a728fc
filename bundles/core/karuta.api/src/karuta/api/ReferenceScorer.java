package karuta.api;

import java.util.List;

/** A rule that compares an answer with one reference at a time; the task's figure is the mean. */
@FunctionalInterface
public interface ReferenceScorer extends Scorer {

    /**
     * @param answer what was generated
     * @param reference what was expected
     * @return from 0 (wrong) to 1 (right)
     */
    double score(String answer, String reference);

    /** Every answer counts by the reference that it fits best. That is no soft score over ten human answers. */
    @Override
    default Scores score(List<Response> responses) {
        return Scores.mean(responses.stream().map(this::best).toList());
    }

    private Scores.Score best(Response response) {
        var best = response.sample().references().stream()
                .mapToDouble(reference -> score(response.answer(), reference))
                .max()
                .orElseThrow();
        return new Scores.Score(best, response.answer());
    }
}
