package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import karuta.api.Guidance;
import karuta.api.GuidanceEncoder;
import karuta.api.Image;
import karuta.api.VisionFeatures;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;
import karuta.kit.ToyPicture;
import karuta.tensor.Autograd;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * An encoder that is shown images and texts.
 *
 * @param maker makes it
 */
record EncoderLesson(Maker<? extends GuidanceEncoder> maker) {

    private static final List<Image> IMAGES =
            List.of(new ToyPicture(250, 10, 20), new ToyPicture(5, 200, 40), new ToyPicture(0, 0, 0));
    private static final List<String> TEXTS = List.of(
            "What is the colour?", "how many", "What is the colour of the card on the left, and how many are there?");

    List<Property> properties() {
        return List.of(
                new Property("sizes and features", this::sizes),
                new Property("finite features that differ", this::differ),
                new Property("the same features whenever it is asked", this::again),
                new Property("the same features in every run", this::run),
                new Property("no gradients", this::gradients),
                new Property("features of another tower are not taken for its own", this::foreign),
                new Property("encoding leaves nothing behind", this::leavesNothing),
                new Property("disposal frees native memory", this::frees));
    }

    /** Runs with a started encoder. */
    private Outcome with(BiFunction<GuidanceEncoder, ToyContext, Outcome> test) {
        try (var context = new ToyContext(1);
                var made = maker.make()) {
            return Autograd.noGrad(() -> {
                context.start(made.strategy());
                try (var scope = Scope.open()) {
                    return test.apply(made.strategy(), context);
                }
            });
        }
    }

    private Outcome sizes() {
        return with((encoder, context) -> {
            var failure = new Failure("Make sizes() and what image() and text() give say the same.");
            var sizes = encoder.sizes();
            failure.require(sizes.containsKey(Guidance.IMAGE), "sizes()", "It makes no feature \"image\".");
            failure.require(sizes.containsKey(Guidance.TEXT), "sizes()", "It makes no feature \"text\".");
            failure.require(!encoder.fingerprint().isBlank(), "fingerprint()", "Its fingerprint is blank.");
            all(encoder)
                    .forEach((what, features) -> features.forEach((name, feature) -> {
                        var size = Optional.ofNullable(sizes.get(name)).orElse(-1);
                        failure.require(
                                feature.getShape().equals(new Shape(size)),
                                what,
                                "The feature \"" + name + "\" has the shape " + feature.getShape()
                                        + ", and sizes() says " + size + ".");
                        failure.require(
                                feature.getDataType() == DataType.FLOAT32,
                                what,
                                "The feature \"" + name + "\" is no float32.");
                    }));
            return failure.outcome();
        });
    }

    private Outcome differ() {
        return with((encoder, context) -> {
            var failure = new Failure("See what the features are made of; all-zero ones cannot be normalised.");
            var seen = new HashMap<List<Object>, String>();
            all(encoder)
                    .forEach((what, features) -> bits(features).forEach((name, numbers) -> {
                        failure.require(
                                numbers.stream().allMatch(Float::isFinite),
                                what,
                                "The feature \"" + name + "\" is not finite.");
                        var same = Optional.ofNullable(seen.put(List.of(name, numbers), what));
                        failure.require(
                                same.isEmpty(),
                                what,
                                "The feature \"" + name + "\" is that of " + same.orElse("") + ", too.");
                    }));
            return failure.outcome();
        });
    }

    private Outcome again() {
        return with((encoder, context) -> {
            var failure =
                    new Failure("Make a feature of nothing but the image or the text: no counter, clock or draw.");
            var first = bits(encoder, IMAGES, TEXTS);
            System.gc();
            var images = new ArrayList<>(IMAGES);
            var texts = new ArrayList<>(TEXTS);
            Collections.reverse(images);
            Collections.reverse(texts);
            var second = bits(encoder, images, texts);
            first.forEach((what, features) -> failure.require(
                    features.equals(second.get(what)), what, "It gets other features when it is asked again."));
            return failure.outcome();
        });
    }

    private Outcome run() {
        return with((encoder, context) -> with((other, second) -> {
            var failure = new Failure("Make the weights of nothing but the options; keep nothing static.");
            failure.require(
                    encoder.fingerprint().equals(other.fingerprint()),
                    "fingerprint()",
                    "A second one has another fingerprint.");
            var expected = bits(encoder, IMAGES, TEXTS);
            bits(other, IMAGES, TEXTS)
                    .forEach((what, features) -> failure.require(
                            features.equals(expected.get(what)), what, "A second encoder makes other features."));
            return failure.outcome();
        }));
    }

    private Outcome gradients() {
        return with((encoder, context) -> Autograd.withGrad(() -> {
            var failure = new Failure("Compute features without recording (Autograd.noGrad): an encoder is frozen.");
            all(encoder)
                    .forEach((what, features) -> features.forEach((name, feature) -> failure.require(
                            !feature.hasGradient(), what, "The feature \"" + name + "\" carries a gradient.")));
            return failure.outcome();
        }));
    }

    private Outcome foreign() {
        return with((encoder, context) -> {
            NDArray nonsense = Tensors.of(context.manager(), new float[] {1, 2, 3});
            var other = new VisionFeatures("another tower", nonsense.expandDims(0), nonsense);
            var expected = bits(encoder.image(IMAGES.get(0), Optional.empty()));
            return new Failure("Use what the backbone made of an image only if its fingerprint is your own tower's.")
                    .require(
                            bits(encoder.image(IMAGES.get(0), Optional.of(other)))
                                    .equals(expected),
                            "image 0",
                            "What another tower made of an image changes its features.")
                    .outcome();
        });
    }

    private Outcome leavesNothing() {
        return with((encoder, context) -> {
            show(encoder);
            var before = LiveArrays.count();
            show(encoder);
            var one = LiveArrays.count();
            show(encoder);
            return new Failure("Keep nothing that is made for one image or text.")
                    .require(
                            one == before || LiveArrays.count() == one,
                            "image(), text()",
                            "Every image or text leaves arrays behind.")
                    .outcome();
        });
    }

    private static void show(GuidanceEncoder encoder) {
        try (var scope = Scope.open()) {
            all(encoder);
        }
    }

    private Outcome frees() {
        return Cycles.flat(() -> with((encoder, context) -> {
            all(encoder);
            return Outcome.holds();
        }));
    }

    private static Map<String, Map<String, NDArray>> all(GuidanceEncoder encoder) {
        var all = new LinkedHashMap<String, Map<String, NDArray>>();
        for (var i = 0; i < IMAGES.size(); i++) {
            all.put("image " + i, encoder.image(IMAGES.get(i), Optional.empty()));
        }
        TEXTS.forEach(text -> all.put("\"" + text + "\"", encoder.text(text)));
        return all;
    }

    private static Map<String, Map<String, List<Float>>> bits(
            GuidanceEncoder encoder, List<Image> images, List<String> texts) {
        var all = new LinkedHashMap<String, Map<String, List<Float>>>();
        images.forEach(
                image -> all.put("image " + IMAGES.indexOf(image), bits(encoder.image(image, Optional.empty()))));
        texts.forEach(text -> all.put("\"" + text + "\"", bits(encoder.text(text))));
        return all;
    }

    private static Map<String, List<Float>> bits(Map<String, NDArray> features) {
        var bits = new TreeMap<String, List<Float>>();
        features.forEach((name, feature) -> {
            var numbers = new ArrayList<Float>();
            for (var number : feature.toFloatArray()) {
                numbers.add(number);
            }
            bits.put(name, numbers);
        });
        return bits;
    }
}
