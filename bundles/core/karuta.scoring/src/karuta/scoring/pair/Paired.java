package karuta.scoring.pair;

import java.util.List;
import karuta.api.Scorer.Response;

/**
 * Samples with their answers.
 *
 * @param responses in the order of the samples
 * @param wrong how many more count as wrong
 * @param missing samples without an answer
 * @param doubles answers to samples that have one already
 * @param unknown answers to samples that are not there
 */
public record Paired(List<Response> responses, int wrong, Tally missing, Tally doubles, Tally unknown) {

    /** Copies the list. */
    public Paired {
        responses = List.copyOf(responses);
    }

    /** What a mean is divided by. */
    public int denominator() {
        return responses.size() + wrong;
    }
}
