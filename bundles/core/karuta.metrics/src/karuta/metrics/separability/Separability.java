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

    /** Cosines that are closer than rounding count as equal. */
    private static final double ROUNDING = 1e-6;

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
                            .map(name -> mean(task.train(), name).map(Look::unit))
                            .toList())
                    .toList();
        }

        private static List<List<Optional<float[]>>> units(List<Map<String, float[]>> samples, List<String> features) {
            return samples.stream()
                    .map(sample -> features.stream()
                            .map(name -> Optional.ofNullable(sample.get(name)).map(Look::unit))
                            .toList())
                    .toList();
        }

        private static Optional<float[]> mean(List<Map<String, float[]>> samples, String name) {
            var having = samples.stream()
                    .flatMap(sample -> Stream.ofNullable(sample.get(name)))
                    .toList();
            if (having.isEmpty()) {
                return Optional.empty();
            }
            var sums = new double[having.get(0).length];
            having.forEach(feature -> IntStream.range(0, sums.length).forEach(i -> sums[i] += feature[i]));
            var mean = new float[sums.length];
            IntStream.range(0, sums.length).forEach(i -> mean[i] = (float) (sums[i] / having.size()));
            return Optional.of(mean);
        }

        /** Nothing is like a vector of zeros. */
        private static float[] unit(float[] feature) {
            var squares = 0.0;
            for (var number : feature) {
                squares += (double) number * number;
            }
            var scale = squares == 0 ? 0 : 1 / Math.sqrt(squares);
            var unit = new float[feature.length];
            for (var i = 0; i < unit.length; i++) {
                unit[i] = (float) (feature[i] * scale);
            }
            return unit;
        }

        /** The mean cosine of the features that both have; the smallest possible if they have none in common. */
        private static double likeness(List<Optional<float[]>> one, List<Optional<float[]>> other) {
            var sum = 0.0;
            var count = 0;
            for (var i = 0; i < one.size(); i++) {
                if (one.get(i).isPresent() && other.get(i).isPresent()) {
                    sum += product(one.get(i).get(), other.get(i).get());
                    count++;
                }
            }
            return count == 0 ? -1 : sum / count;
        }

        private static double product(float[] one, float[] other) {
            var sum = 0f;
            for (var i = 0; i < one.length; i++) {
                sum += one[i] * other[i];
            }
            return sum;
        }

        View view(String name) {
            var likeness = test.stream()
                    .map(samples -> samples.stream()
                            .map(sample -> prototypes.stream()
                                    .mapToDouble(prototype -> likeness(sample, prototype))
                                    .toArray())
                            .toList())
                    .toList();
            return new View(
                    name,
                    square((a, b) -> share(likeness.get(a), likes -> nearest(likes)[b])),
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
                return Math.abs(ahead) <= ROUNDING ? 0.5 : ahead > 0 ? 1 : 0;
            });
        }

        /** One, shared by those that are the nearest. */
        private static double[] nearest(double[] likeness) {
            return places(likeness, 1);
        }

        /** How far each is among the first so many; those that are as near as the last one share what is left. */
        private static double[] places(double[] likeness, int count) {
            var sorted = likeness.clone();
            Arrays.sort(sorted);
            var last = sorted[Math.max(0, sorted.length - count)];
            var before = Arrays.stream(likeness)
                    .filter(like -> like > last + ROUNDING)
                    .count();
            var beside = Arrays.stream(likeness)
                    .filter(like -> Math.abs(like - last) <= ROUNDING)
                    .count();
            return Arrays.stream(likeness)
                    .map(like -> like > last + ROUNDING
                            ? 1
                            : like >= last - ROUNDING
                                    ? (double) (Math.min(count, likeness.length) - before) / beside
                                    : 0)
                    .toArray();
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
                            var places = places(
                                    all.stream()
                                            .mapToDouble(other -> likeness(sample, other))
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
