package karuta.use.ask;

import java.util.Optional;
import java.util.OptionalDouble;
import karuta.api.Selection;
import karuta.api.Selection.Pick;

/**
 * The best card that was not taken.
 *
 * @param pick card and score
 * @param behind how much its score is below the lowest of those that were taken; empty where none was
 */
public record RunnerUp(Pick pick, OptionalDouble behind) {

    /** That of a selection; empty where all cards were taken, or the selector does not say. */
    public static Optional<RunnerUp> of(Selection selection) {
        return selection
                .runnerUp()
                .map(next -> new RunnerUp(
                        next,
                        selection.picks().stream()
                                .mapToDouble(Pick::score)
                                .filter(score -> !Double.isNaN(score))
                                .map(score -> score - next.score())
                                .min()));
    }

    /** Whether the choice was made by scores. */
    public static boolean scored(Selection selection) {
        return selection.runnerUp().isPresent()
                || selection.picks().stream().anyMatch(pick -> !Double.isNaN(pick.score()));
    }
}
