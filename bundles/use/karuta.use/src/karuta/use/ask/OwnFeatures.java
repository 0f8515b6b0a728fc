package karuta.use.ask;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import karuta.api.Query;
import karuta.api.Sample;
import karuta.api.State;
import karuta.archive.pool.CardRecord;
import karuta.archive.pool.CardStates;
import karuta.archive.pool.Packing;
import karuta.tensor.Tensors;
import karuta.tensor.TorchEngine;

/**
 * What the frozen features of a card's own samples look like: a Gaussian for each feature, as if image and text were independent given
 * the card, so that a question without an image is judged by its text alone, and the other way round; and the distances of the samples
 * that were held out, which say how far is too far. No sample is kept. It lies in the card's own file, at a place that no strategy has.
 *
 * @param encoder fingerprint of the encoder that made the features
 * @param gaussians by the feature's name
 * @param held squared distances of held-out samples, by the features that they have, in no order
 */
public record OwnFeatures(String encoder, Map<String, FeatureGaussian> gaussians, List<Map<String, Double>> held) {

    /** More samples say no more. */
    private static final int TRAINING = 2000;

    private static final String ENCODER = "encoder";
    private static final String MEAN = ".mean";
    private static final String AXES = ".axes";
    private static final String VARIANCES = ".variances";
    private static final String REST = ".rest";
    private static final String HELD = ".held";

    /** Of a sample that lacks the feature: distances are none. */
    private static final double MISSING = -1;

    /**
     * How far a question is.
     *
     * @param distance root of the mean square over the numbers of the features, in standard deviations: 1 or less for most of
     *     the card's own samples
     * @param reach nearly all of the card's own held-out samples lie within
     */
    record Nearness(double distance, double reach) {

        boolean within() {
            return distance <= reach;
        }
    }

    /** Copies both. */
    public OwnFeatures {
        gaussians = new TreeMap<>(gaussians);
        held = held.stream().map(Map::copyOf).toList();
    }

    /**
     * Learns it.
     *
     * @param features of a query by name; those of a modality that it has not are missing
     * @param training what the card was trained with
     * @param held what was not
     * @return empty where nothing was held out, or too little can be learned from
     */
    public static Optional<OwnFeatures> of(
            String encoder, Function<Query, Map<String, float[]>> features, List<Sample> training, List<Sample> held) {
        var rows = new HashMap<String, List<float[]>>();
        some(training, TRAINING)
                .map(features)
                .forEach(sample -> sample.forEach((name, row) ->
                        rows.computeIfAbsent(name, fresh -> new ArrayList<>()).add(row)));
        rows.values().removeIf(all -> all.size() < FeatureGaussian.FEWEST);
        var gaussians = new TreeMap<String, FeatureGaussian>();
        rows.forEach((name, all) -> gaussians.put(name, FeatureGaussian.of(all)));
        var distances = some(held, CardRecord.LIKENESSES)
                .map(features)
                .map(sample -> distances(gaussians, sample))
                .filter(sample -> !sample.isEmpty())
                .toList();
        return distances.isEmpty() ? Optional.empty() : Optional.of(new OwnFeatures(encoder, gaussians, distances));
    }

    /** So many at most, evenly spread. */
    private static Stream<Query> some(List<Sample> samples, int most) {
        var count = Math.min(samples.size(), most);
        return IntStream.range(0, count)
                .mapToObj(i ->
                        samples.get((int) ((long) i * samples.size() / count)).query());
    }

    private static Map<String, Double> distances(
            Map<String, FeatureGaussian> gaussians, Map<String, float[]> features) {
        var distances = new HashMap<String, Double>();
        features.forEach((name, feature) -> Optional.ofNullable(gaussians.get(name))
                .ifPresent(gaussian -> distances.put(name, gaussian.distance(feature))));
        return distances;
    }

    /**
     * How far a question is, by the features that it shares with the card's own samples. The reach is split-conformal (Bates, Candès,
     * Lei, Romano, Sesia: Testing for Outliers with Conformal p-values, Annals of Statistics 2023, section 2): a sample like those that
     * were held out lies beyond it with a probability of no more than the share, as far as so few can tell (of fewer
     * than 19, 5 % cannot be told, and beyond is beyond all).
     *
     * @param features of the question by name
     * @param share of the card's own questions that may lie beyond
     * @return empty if it shares none
     */
    Optional<Nearness> nearness(Map<String, float[]> features, double share) {
        var distances = distances(gaussians, features);
        return Stream.concat(
                        Stream.of(distances.keySet()),
                        new TreeSet<>(distances.keySet())
                                .descendingSet().stream().map(Set::of))
                .filter(names -> !names.isEmpty())
                .flatMap(names ->
                        reach(names, share).map(reach -> new Nearness(mean(distances, names), reach)).stream())
                .findFirst();
    }

    /** Empty where no held-out sample has these features: then each alone has to do, the text first. */
    private Optional<Double> reach(Set<String> names, double share) {
        var known = held.stream()
                .filter(sample -> sample.keySet().containsAll(names))
                .map(sample -> mean(sample, names))
                .sorted(Comparator.reverseOrder())
                .toList();
        var beyond = (int) (share * (known.size() + 1));
        return known.stream().skip(Math.max(0, beyond - 1)).findFirst();
    }

    private double mean(Map<String, Double> distances, Set<String> names) {
        return Math.sqrt(names.stream().mapToDouble(distances::get).sum()
                / names.stream().mapToInt(name -> gaussians.get(name).width()).sum());
    }

    /** Whether it speaks of what an encoder makes. */
    boolean isOf(String fingerprint) {
        return encoder.equals(fingerprint);
    }

    /**
     * A card's file with it, in place of what was there.
     *
     * @param name of the card, for messages
     * @param packing how the file is stored
     */
    public byte[] in(String name, byte[] card, Packing packing) {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            var own = save(manager);
            return CardStates.rewritten(name, card, states -> replaced(states, Optional.of(own)), packing);
        }
    }

    /**
     * A card's file without it.
     *
     * @param name of the card, for messages
     * @param packing how the file is stored
     */
    public static byte[] removed(String name, byte[] card, Packing packing) {
        return CardStates.rewritten(name, card, states -> replaced(states, Optional.empty()), packing);
    }

    private static Map<String, State> replaced(Map<String, State> states, Optional<State> own) {
        var changed = new HashMap<>(states);
        changed.remove(CardStates.OWN);
        own.ifPresent(state -> changed.put(CardStates.OWN, state));
        return changed;
    }

    /**
     * That of a card.
     *
     * @param name for messages
     * @param card its file
     * @return empty if it has none
     * @throws karuta.api.KarutaException if the file is damaged
     */
    public static Optional<OwnFeatures> of(String name, byte[] card) {
        try (var manager = TorchEngine.manager(Device.cpu())) {
            return Optional.ofNullable(CardStates.states(name, card, manager).get(CardStates.OWN))
                    .map(OwnFeatures::load);
        }
    }

    private State save(NDManager manager) {
        var arrays = new HashMap<String, NDArray>();
        gaussians.forEach((name, gaussian) -> {
            arrays.put(name + MEAN, Tensors.of(manager, gaussian.mean()));
            arrays.put(
                    name + AXES,
                    NDArrays.stack(new NDList(Arrays.stream(gaussian.axes())
                            .map(axis -> Tensors.of(manager, axis))
                            .toList())));
            arrays.put(name + VARIANCES, Tensors.of(manager, gaussian.variances()));
            arrays.put(name + REST, Tensors.of(manager, gaussian.rest()));
            var distances = held.stream()
                    .mapToDouble(sample -> sample.getOrDefault(name, MISSING))
                    .toArray();
            arrays.put(name + HELD, Tensors.of(manager, distances, new Shape(distances.length)));
        });
        return new State(arrays, Map.of(ENCODER, encoder));
    }

    private static OwnFeatures load(State state) {
        var gaussians = new TreeMap<String, FeatureGaussian>();
        var held = new ArrayList<Map<String, Double>>();
        state.tensors().keySet().stream()
                .filter(array -> array.endsWith(MEAN))
                .map(array -> array.substring(0, array.length() - MEAN.length()))
                .forEach(name -> {
                    Function<String, NDArray> arrays = part -> state.tensors().get(name + part);
                    gaussians.put(name, gaussian(arrays));
                    var distances = arrays.apply(HELD).toDoubleArray();
                    IntStream.range(held.size(), distances.length).forEach(sample -> held.add(new HashMap<>()));
                    IntStream.range(0, distances.length)
                            .filter(sample -> distances[sample] != MISSING)
                            .forEach(sample -> held.get(sample).put(name, distances[sample]));
                });
        return new OwnFeatures(state.metadata().getOrDefault(ENCODER, ""), gaussians, held);
    }

    private static FeatureGaussian gaussian(Function<String, NDArray> arrays) {
        var mean = arrays.apply(MEAN).toFloatArray();
        var axes = arrays.apply(AXES).toFloatArray();
        return new FeatureGaussian(
                mean,
                IntStream.range(0, axes.length / mean.length)
                        .mapToObj(axis -> Arrays.copyOfRange(axes, axis * mean.length, (axis + 1) * mean.length))
                        .toArray(float[][]::new),
                arrays.apply(VARIANCES).toFloatArray(),
                arrays.apply(REST).toFloatArray()[0]);
    }
}
