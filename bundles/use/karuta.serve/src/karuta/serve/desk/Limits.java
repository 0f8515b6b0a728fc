package karuta.serve.desk;

import java.time.Duration;

/**
 * How much a desk takes on.
 *
 * @param queue how many questions may wait
 * @param batch how many are answered together at most
 * @param patience how long a question may take, from its coming to its answer
 */
public record Limits(int queue, int batch, Duration patience) {

    /** @throws IllegalArgumentException if one is below 1 */
    public Limits {
        if (queue < 1 || batch < 1 || patience.toMillis() < 1) {
            throw new IllegalArgumentException("A desk needs a queue, a batch and patience, not " + queue + ", " + batch
                    + " and " + patience + ".");
        }
    }
}
