package karuta.metrics.forgetting;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/**
 * Which cards the samples of each task took.
 *
 * @param counts by the samples' task, then by card: how often
 */
public record CardUsage(Map<String, Map<String, Long>> counts) {

    /** From so few cards on, as a share of the tasks, the choice counts as collapsed. */
    private static final double COLLAPSED = 0.5;

    /** Copies the maps. */
    public CardUsage {
        var copy = new LinkedHashMap<String, Map<String, Long>>();
        counts.forEach((task, cards) -> copy.put(task, Map.copyOf(cards)));
        counts = Map.copyOf(copy);
    }

    /** The share of a task's choices that a card has; 0 if nothing was chosen. */
    public double share(String task, String card) {
        var cards = counts.getOrDefault(task, Map.of());
        var all = cards.values().stream().mapToLong(count -> count).sum();
        return all == 0 ? 0 : (double) cards.getOrDefault(card, 0L) / all;
    }

    /** The mean over tasks, so that large ones do not count more; nothing was chosen for a task that has no choices. */
    private double share(String card) {
        var chosen = chosen();
        return chosen.stream().mapToDouble(task -> share(task, card)).sum() / chosen.size();
    }

    private List<String> chosen() {
        return counts.keySet().stream()
                .filter(task -> counts.get(task).values().stream().anyMatch(count -> count > 0))
                .toList();
    }

    /** How many cards are in use: {@code exp(-sum p ln p)} (Hill, Ecology 54, 1973, order 1); 0 if nothing was chosen. */
    public double effectiveCards() {
        if (chosen().isEmpty()) {
            return 0;
        }
        var cards = new LinkedHashSet<String>();
        counts.values().forEach(of -> cards.addAll(of.keySet()));
        return Math.exp(-cards.stream()
                .mapToDouble(this::share)
                .filter(share -> share > 0)
                .map(share -> share * Math.log(share))
                .sum());
    }

    /** Whether fewer than half as many cards are in use as there are tasks: nearly all samples take the same few. */
    public boolean collapsed() {
        return chosen().size() > 1 && effectiveCards() < COLLAPSED * chosen().size();
    }
}
