package karuta.metrics.separability;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the samples of a task would go that joined cards which others have learned.
 *
 * <p>What the task's own card would be found by is not known before it is learned. It is taken to be the mean of the task's
 * training features, or, where the cards have one prototype for all features, the one that is nearest to all of them: the
 * {@code p} that makes the sum of the cosines largest, which is the sum of the unit vectors. The cards' own were learned and are
 * no better than that, so that the share of the task's own card is rather too large than too small.
 *
 * @param cards their names
 * @param views by single features, and by all of them
 */
public record Encounter(List<String> cards, List<Seen> views) {

    private static final String ALL = "both";

    /** Copies the lists. */
    public Encounter {
        cards = List.copyOf(cards);
        views = List.copyOf(views);
    }

    /**
     * By some features.
     *
     * @param name which: image, text, both
     * @param own the share of the task's test samples that are nearest to its own prototype
     * @param taken the shares that are nearest to each of the cards; equally near ones share a sample
     */
    public record Seen(String name, double own, List<Double> taken) {

        /** Copies the list. */
        public Seen {
            taken = List.copyOf(taken);
        }
    }

    /**
     * Compares.
     *
     * @param cards those with a key for one of the features, at least one
     * @param features the names of what to look at
     */
    public static Encounter of(TaskFeatures task, List<CardKeys> cards, List<String> features) {
        var samples = Stream.concat(task.train().stream(), task.test().stream()).toList();
        var looks = new LinkedHashMap<String, List<String>>();
        features.stream()
                .filter(name -> samples.stream().allMatch(sample -> sample.containsKey(name)))
                .filter(name -> cards.stream().allMatch(card -> card.rows().containsKey(name)))
                .forEach(name -> looks.put(name, List.of(name)));
        if (features.size() > 1) {
            looks.put(ALL, features);
        }
        var own = own(task, cards, features);
        return new Encounter(
                cards.stream().map(CardKeys::card).toList(),
                looks.entrySet().stream()
                        .map(look -> seen(look.getKey(), task, own, cards, look.getValue()))
                        .toList());
    }

    private static Map<String, List<float[]>> own(TaskFeatures task, List<CardKeys> cards, List<String> features) {
        var joint = cards.stream().allMatch(CardKeys::isJoint);
        var train = joint ? task.train().stream().map(Encounter::units).toList() : task.train();
        var means = features.stream()
                .flatMap(name -> Likeness.mean(train, name).stream())
                .toList();
        var one =
                joint && means.stream().mapToInt(mean -> mean.length).distinct().count() == 1
                        ? Optional.of(sum(means))
                        : Optional.<float[]>empty();
        var own = new LinkedHashMap<String, List<float[]>>();
        for (var name : features) {
            one.or(() -> Likeness.mean(train, name)).ifPresent(row -> own.put(name, List.of(row)));
        }
        return own;
    }

    private static Map<String, float[]> units(Map<String, float[]> sample) {
        var units = new LinkedHashMap<String, float[]>();
        sample.forEach((name, feature) -> units.put(name, Likeness.unit(feature)));
        return units;
    }

    private static float[] sum(List<float[]> rows) {
        var sum = new float[rows.get(0).length];
        rows.forEach(row -> IntStream.range(0, sum.length).forEach(i -> sum[i] += row[i]));
        return sum;
    }

    private static Seen seen(
            String view,
            TaskFeatures task,
            Map<String, List<float[]>> own,
            List<CardKeys> cards,
            List<String> features) {
        var shares = new double[1 + cards.size()];
        for (var sample : task.test()) {
            var likeness = DoubleStream.concat(
                            DoubleStream.of(likeness(sample, name -> own.getOrDefault(name, List.of()), features)),
                            cards.stream()
                                    .mapToDouble(card -> likeness(
                                            sample, name -> card.rows().getOrDefault(name, List.of()), features)))
                    .toArray();
            var nearest = Likeness.nearest(likeness);
            IntStream.range(0, shares.length)
                    .forEach(i -> shares[i] += nearest[i] / task.test().size());
        }
        return new Seen(view, shares[0], DoubleStream.of(shares).skip(1).boxed().toList());
    }

    /** What a feature is compared with. */
    private interface Rows {
        List<float[]> of(String feature);
    }

    /** The mean over the features that both have of the cosine with the nearest row. */
    private static double likeness(Map<String, float[]> sample, Rows rows, List<String> features) {
        return features.stream()
                .filter(name -> sample.containsKey(name) && !rows.of(name).isEmpty())
                .mapToDouble(name -> rows.of(name).stream()
                        .mapToDouble(row -> cosine(sample.get(name), row))
                        .max()
                        .orElseThrow())
                .average()
                .orElse(-1);
    }

    private static double cosine(float[] one, float[] other) {
        return Likeness.of(List.of(Optional.of(Likeness.unit(one))), List.of(Optional.of(Likeness.unit(other))));
    }
}
