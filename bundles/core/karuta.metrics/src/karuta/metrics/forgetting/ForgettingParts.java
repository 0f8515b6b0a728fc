package karuta.metrics.forgetting;

/**
 * What the forgetting of a task is made of: {@code R[j][j] - R[T][j] = routing + drift + interference}, exactly.
 *
 * @param routing what the choice of cards costs
 * @param drift what the change of the task's prompts since it was learned costs
 * @param interference what is left when both are undone: nothing where all else is frozen and the choice was right when the
 *     task was learned; negative where it was wrong then
 */
public record ForgettingParts(double routing, double drift, double interference) {

    /**
     * The scores on one old task {@code j} after the last stage {@code T}, as it is and as it would be.
     *
     * @param learned {@code R[j][j]}
     * @param actual {@code R[T][j]}
     * @param rightCards with the task's own cards chosen
     * @param oldPrompts with the prompts as they were after stage {@code j}
     * @param both with the one and the other
     */
    public record Scores(double learned, double actual, double rightCards, double oldPrompts, double both) {}

    /**
     * Takes forgetting apart. Whichever of the two is undone first takes what they cost together, so each gets its mean over
     * both ways, its Shapley value (Shapley, Contributions to the Theory of Games II, 1953): {@code routing = ((rightCards -
     * actual) + (both - oldPrompts)) / 2}, {@code drift = ((oldPrompts - actual) + (both - rightCards)) / 2}, {@code interference
     * = learned - both}.
     */
    public static ForgettingParts of(Scores scores) {
        var routing = (scores.rightCards - scores.actual + scores.both - scores.oldPrompts) / 2;
        var drift = (scores.oldPrompts - scores.actual + scores.both - scores.rightCards) / 2;
        return new ForgettingParts(routing, drift, scores.learned - scores.both);
    }

    /** All of it. */
    public double total() {
        return routing + drift + interference;
    }
}
