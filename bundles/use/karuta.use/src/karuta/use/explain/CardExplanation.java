package karuta.use.explain;

import java.util.List;

/**
 * What can be told of a card.
 *
 * @param card its name
 * @param tokens its soft tokens, in their order
 * @param examples of its own data, the most alike first
 * @param tasks who takes it, and what its absence costs, by the cards whose validation samples were found
 * @param unknown what cannot be told and why, a sentence each
 */
public record CardExplanation(
        String card, List<SoftToken> tokens, List<Example> examples, List<Use> tasks, List<String> unknown) {

    /** Copies the lists. */
    public CardExplanation {
        tokens = List.copyOf(tokens);
        examples = List.copyOf(examples);
        tasks = List.copyOf(tasks);
        unknown = List.copyOf(unknown);
    }

    /**
     * What the validation samples of a card's task say.
     *
     * @param task whose samples
     * @param samples how many
     * @param taken by how much of them the explained card is taken, in percent
     * @param best by how much of them it is taken as the best one, in percent
     * @param with score of the pool as it is, in percent
     * @param without score of the pool without the explained card, in percent; NaN where it is the only one
     */
    public record Use(String task, int samples, double taken, double best, double with, double without) {}
}
