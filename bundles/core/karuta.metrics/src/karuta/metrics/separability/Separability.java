package karuta.metrics.separability;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How easy the tasks of a study are to tell apart by frozen features, without any training.
 *
 * @param tasks their names
 * @param views by single features, and by all of them
 */
public record Separability(List<String> tasks, List<View> views) {

    private static final String ALL = "both";

    /** How many near training samples are looked at (Cover and Hart, IEEE Transactions on Information Theory 13, 1967). */
    private static final int NEIGHBOURS = 10;

    /** Copies the lists. */
    public Separability {
        tasks = List.copyOf(tasks);
        views = List.copyOf(views);
    }

    /**
     * Looks at the tasks by each feature that all of them have, and by all features of a sample together.
     *
     * @param tasks two at least, each with training and test samples
     * @param features the names of what to look at
     */
    public static Separability of(List<TaskFeatures> tasks, List<String> features) {
        var common = features.stream()
                .filter(name -> tasks.stream()
                        .allMatch(task -> Stream.concat(task.train().stream(), task.test().stream())
                                .allMatch(sample -> sample.containsKey(name))))
                .toList();
        var looks = new LinkedHashMap<String, List<String>>();
        common.forEach(name -> looks.put(name, List.of(name)));
        if (features.size() > 1) {
            looks.put(ALL, features);
        }
        return new Separability(
                tasks.stream().map(TaskFeatures::task).toList(),
                looks.entrySet().stream()
                        .map(look -> new Look(tasks, look.getValue()).view(look.getKey()))
                        .toList());
    }

    /** A view by its name. */
    public Optional<View> view(String name) {
        return views.stream().filter(view -> view.name().equals(name)).findFirst();
    }

    /** The view that knows the most. */
    public View widest() {
        return views.get(views.size() - 1);
    }

    /** Samples as unit vectors, feature by feature. */
    private static final class Look {

        private final int size;
        private final List<List<List<Optional<float[]>>>> train;
        private final List<List<List<Optional<float[]>>>> test;
        private final List<List<Optional<float[]>>> prototypes;

        Look(List<TaskFeatures> tasks, List<String> features) {
            size = tasks.size();
            train = tasks.stream().map(task -> units(task.train(), features)).toList();
            test = tasks.stream().map(task -> units(task.test(), features)).toList();
            prototypes = tasks.stream()
                    .map(task -> features.stream()
                            .map(name -> Likeness.mean(task.train(), name).map(Likeness::unit))
                            .toList())
                    .toList();
        }

        private static List<List<Optional<float[]>>> units(List<Map<String, float[]>> samples, List<String> features) {
            return samples.stream()
                    .map(sample -> features.stream()
                            .map(name -> Optional.ofNullable(sample.get(name)).map(Likeness::unit))
                            .toList())
                    .toList();
        }

        View view(String name) {
            var likeness = test.stream()
                    .map(samples -> samples.stream()
                            .map(sample -> prototypes.stream()
                                    .mapToDouble(prototype -> Likeness.of(sample, prototype))
                                    .toArray())
                            .toList())
                    .toList();
            return new View(
                    name,
                    square((a, b) -> share(likeness.get(a), likes -> Likeness.nearest(likes)[b])),
                    square((a, b) -> a == b ? 0 : (nearer(likeness.get(a), b, a) + nearer(likeness.get(b), a, b)) / 2),
                    neighbours());
        }

        private interface Cell {
            double of(int row, int column);
        }

        private interface Part {
            double of(double[] likeness);
        }

        private List<List<Double>> square(Cell cell) {
            return IntStream.range(0, size)
                    .mapToObj(a -> IntStream.range(0, size)
                            .mapToObj(b -> cell.of(a, b))
                            .toList())
                    .toList();
        }

        private static double share(List<double[]> samples, Part part) {
            return samples.stream().mapToDouble(part::of).average().orElse(0);
        }

        private static double nearer(List<double[]> samples, int other, int own) {
            return share(samples, likes -> {
                var ahead = likes[other] - likes[own];
                return Math.abs(ahead) <= Likeness.ROUNDING ? 0.5 : ahead > 0 ? 1 : 0;
            });
        }

        private List<List<Double>> neighbours() {
            var owner = IntStream.range(0, size)
                    .flatMap(task -> train.get(task).stream().mapToInt(sample -> task))
                    .toArray();
            var all = train.stream().flatMap(List::stream).toList();
            return test.stream()
                    .map(samples -> {
                        var shares = new double[size];
                        for (var sample : samples) {
                            var places = Likeness.places(
                                    all.stream()
                                            .mapToDouble(other -> Likeness.of(sample, other))
                                            .toArray(),
                                    NEIGHBOURS);
                            for (var i = 0; i < places.length; i++) {
                                shares[owner[i]] += places[i] / Math.min(NEIGHBOURS, places.length) / samples.size();
                            }
                        }
                        return Arrays.stream(shares).boxed().toList();
                    })
                    .toList();
        }
    }
}
