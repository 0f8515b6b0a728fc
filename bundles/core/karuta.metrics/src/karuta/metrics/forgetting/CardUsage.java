package karuta.metrics.forgetting;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which cards the samples of each task took.
 *
 * @param counts by the samples' task, then by card: how often
 */
public record CardUsage(Map<String, Map<String, Long>> counts) {

    /** From so few cards on, as a share of the tasks, the choice counts as collapsed. */
    private static final double COLLAPSED = 0.5;

    /** With such a share, a card takes nearly all. */
    private static final double NEARLY_ALL = 0.9;

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

    /** The entropy of the mean choice in bits, {@code -sum p log2 p}; 0 if nothing was chosen. */
    public double entropy() {
        return chosen().isEmpty() ? 0 : Math.log(effectiveCards()) / Math.log(2);
    }

    /** The card that is taken most, the first by name of equals; empty if nothing was chosen. */
    public Optional<String> most() {
        return counts.values().stream()
                .flatMap(cards -> cards.keySet().stream())
                .distinct()
                .sorted()
                .max(Comparator.comparingDouble(this::meanShare).thenComparing(Comparator.reverseOrder()));
    }

    /** The mean over tasks of the share of choices that a card has; 0 if nothing was chosen. */
    public double meanShare(String card) {
        return chosen().isEmpty() ? 0 : share(card);
    }

    /** Those among some cards that nobody takes. */
    public List<String> neverTaken(Collection<String> cards) {
        return cards.stream()
                .filter(card -> counts.values().stream().allMatch(taken -> taken.getOrDefault(card, 0L) == 0))
                .toList();
    }

    /** The card that takes nearly all samples of two tasks or more. */
    public Optional<String> dominant() {
        return takesNearlyAll().filter(card -> chosen().size() > 1);
    }

    /** The card that takes nearly all samples, be they of one task or of many. */
    public Optional<String> takesNearlyAll() {
        return most().filter(card -> meanShare(card) >= NEARLY_ALL);
    }

    /** Whether fewer than half as many cards are in use as there are tasks: nearly all samples take the same few. */
    public boolean collapsed() {
        return chosen().size() > 1 && effectiveCards() < COLLAPSED * chosen().size();
    }
}
