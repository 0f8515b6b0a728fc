package karuta.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Guidance;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.api.StrategyContext;

/**
 * ModalPrompt's prototypes (Zeng et al., EMNLP 2025, section 3): the key of a card with prompt P {@code [M, d]} is {@code p}, the mean over
 * the rows of {@code h(P)}, one for image and text; h is Linear(d, d), SiLU, Linear(d, c), with biases, of each card's own. Two
 * losses pull p to the stage's features: {@code weight (1 - mean cos(feature, p))}. When the stage ends p stays and h is dropped.
 *
 * @param lossImage weight of the alignment with the image features
 * @param lossText weight of the alignment with the text features
 * @param rate factor on the learning rate of h
 */
public record PrototypeKeys(double lossImage, double lossText, double rate) implements CardKeys {

    private static final String FIRST_WEIGHT = "transform.0.weight";
    private static final String FIRST_BIAS = "transform.0.bias";
    private static final String SECOND_WEIGHT = "transform.2.weight";
    private static final String SECOND_BIAS = "transform.2.bias";

    /** h, with PyTorch's default for linear layers: all numbers uniform within 1 / sqrt(size of the input) around 0. */
    @Override
    public Map<String, NDArray> start(RandomStream draws, StrategyContext context) {
        var hidden = context.backbone().spec().hidden();
        var features = features(context);
        var shapes = new LinkedHashMap<String, Shape>();
        shapes.put(FIRST_WEIGHT, new Shape(hidden, hidden));
        shapes.put(FIRST_BIAS, new Shape(hidden));
        shapes.put(SECOND_WEIGHT, new Shape(features, hidden));
        shapes.put(SECOND_BIAS, new Shape(features));
        var weights = new LinkedHashMap<String, NDArray>();
        shapes.forEach((name, shape) -> weights.put(
                name, Initial.uniform(context.manager(), shape, 1 / Math.sqrt(hidden), place(draws, name))));
        return weights;
    }

    /** {@code transform}, and below it what {@code nn.Sequential} calls the array. */
    private static RandomStream place(RandomStream draws, String name) {
        var parts = name.split("\\.", 2);
        return draws.fork(parts[0]).fork(parts[1]);
    }

    private static int features(StrategyContext context) {
        var image = context.encoder().size(Guidance.IMAGE);
        var text = context.encoder().size(Guidance.TEXT);
        if (image != text) {
            throw new KarutaException(
                    "A prototype is compared with image and text, but the encoder's features have the widths " + image
                            + " and " + text + ".",
                    "Use an encoder that maps both into one space (for CLIP: \"text\": projected).");
        }
        return image;
    }

    @Override
    public Map<String, NDArray> of(NDArray prompt, Map<String, NDArray> trained) {
        NDArray hidden = Ops.silu(Ops.linear(prompt, trained.get(FIRST_WEIGHT), trained.get(FIRST_BIAS)));
        NDArray prototype = Ops.linear(hidden, trained.get(SECOND_WEIGHT), trained.get(SECOND_BIAS))
                .mean(new int[] {0}, true);
        return Map.of(Guidance.IMAGE, prototype, Guidance.TEXT, prototype);
    }

    @Override
    public Map<String, NDArray> losses(Map<String, NDArray> keys, List<Guidance> batch) {
        var losses = new LinkedHashMap<String, NDArray>();
        align(Guidance.IMAGE, lossImage, keys, batch, losses);
        align(Guidance.TEXT, lossText, keys, batch, losses);
        return losses;
    }

    /** Absent features do not count. */
    private static void align(
            String feature,
            double weight,
            Map<String, NDArray> keys,
            List<Guidance> batch,
            Map<String, NDArray> losses) {
        var features = new NDList(batch.stream()
                .flatMap(guidance -> guidance.feature(feature).stream())
                .toList());
        if (weight > 0 && !features.isEmpty()) {
            NDArray cosines = Ops.cosine(NDArrays.stack(features), keys.get(feature));
            losses.put("align." + feature, Ops.scale(Ops.plus(cosines.mean().neg(), 1), weight));
        }
    }
}
