package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Backbone;
import karuta.api.BackboneSpec.Linear;
import karuta.api.KarutaException;
import karuta.check.Made.Maker;
import karuta.tensor.Ops;
import karuta.tensor.Scope;

/**
 * A backbone that is asked, without inserts.
 *
 * @param maker makes it
 */
record BackboneLesson(Maker<? extends Backbone> maker) {

    private static final String ALONE = "Mask padding in attention, and give every token its own position.";

    List<Property> properties() {
        return List.of(
                new Property("sizes and sites", this::sizes),
                new Property("images are encoded alone", this::encodes),
                new Property("scores of given answers", this::scores),
                new Property("the same scores and answers whenever it is asked", this::again),
                new Property("the same scores in every run", this::run),
                new Property("a sample is answered as if it were alone", this::company),
                new Property("answering leaves nothing behind", this::leavesNothing),
                new Property("disposal frees native memory", this::frees));
    }

    private Outcome trial(Function<BackboneTrial, Outcome> test) {
        return BackboneTrial.of(maker, test);
    }

    private Outcome sizes() {
        return trial(run -> {
            var spec = run.backbone().spec();
            var failure = new Failure("Let spec() say what the model has.");
            var embeddings = run.backbone().embeddings().getShape();
            failure.require(
                    embeddings.dimension() == 2 && embeddings.get(1) == spec.hidden(),
                    "embeddings()",
                    "The shape of the embeddings is " + embeddings + ", and hidden is " + spec.hidden() + ".");
            failure.require(!spec.fingerprint().isBlank(), "spec()", "The fingerprint is blank.");
            failure.require(spec.layers() > 0, "spec()", "It has no layers.");
            for (var linear : spec.linears()) {
                shape(run.backbone(), linear)
                        .ifPresent(shape -> failure.require(
                                shape.equals(new Shape(linear.out(), linear.in())),
                                linear.name(),
                                "The shape of the weight is " + shape + ", and spec() says "
                                        + new Shape(linear.out(), linear.in()) + "."));
            }
            return failure.outcome();
        });
    }

    /** Empty if it does not let its weights be read. */
    private static Optional<Shape> shape(Backbone backbone, Linear linear) {
        try {
            return Optional.of(backbone.weight(linear.name()).getShape());
        } catch (KarutaException refused) {
            return Optional.empty();
        }
    }

    private Outcome encodes() {
        return trial(run -> {
            if (run.backbone().spec().images() == 0) {
                return new Outcome.NotApplicable("it takes no images");
            }
            var failure = new Failure("Encode every image alone, without recording, and in float32.");
            var samples = run.samples();
            for (var sample : List.of(samples.get(0), samples.get(1), samples.get(0))) {
                var features = run.backbone().encode(sample.query().images().get(0));
                var tokens = features.tokens();
                failure.require(
                        tokens.getShape().dimension() == 2,
                        "encode()",
                        "The shape of an image's tokens is " + tokens.getShape() + ".");
                failure.require(finite(tokens.toType(DataType.FLOAT32, false)), "encode()", "A token is not finite.");
                failure.require(!tokens.hasGradient(), "encode()", "An image's tokens carry gradients.");
            }
            var image = samples.get(0).query().images().get(0);
            var before = run.backbone().encode(image).tokens();
            run.backbone().encode(samples.get(5).query().images().get(0));
            failure.require(
                    before.contentEquals(run.backbone().encode(image).tokens()),
                    "encode()",
                    "An image gets other tokens when it is encoded again.");
            return failure.outcome();
        });
    }

    private static boolean finite(NDArray array) {
        for (var number : array.toFloatArray()) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }

    private Outcome scores() {
        return trial(run -> {
            var failure =
                    new Failure("See CausalLmOutput: rows for the tokens of the answers alone, end of sequence too.");
            var output = run.score(run.samples(), List.of());
            var tokens = output.lengths().stream().mapToInt(n -> n).sum();
            var vocabulary = run.backbone().embeddings().getShape().get(0);
            failure.require(
                    output.lengths().size() == run.samples().size(),
                    "lengths",
                    "There are " + output.lengths().size() + " lengths for "
                            + run.samples().size() + " samples.");
            failure.require(
                    output.logits().getShape().equals(new Shape(tokens, vocabulary)),
                    "logits",
                    "The shape of the logits is " + output.logits().getShape() + " and should be "
                            + new Shape(tokens, vocabulary) + ".");
            failure.require(
                    output.labels().getShape().equals(new Shape(tokens)),
                    "labels",
                    "The shape of the labels is " + output.labels().getShape() + ".");
            failure.require(finite(output.logits()), "logits", "A logit is not finite.");
            var loss = Ops.crossEntropy(output.logits(), output.labels()).getFloat();
            failure.require(
                    Math.abs(loss - output.loss().getFloat()) <= BackboneTrial.ROUNDING * Math.max(1, loss),
                    "loss",
                    "The loss is " + output.loss().getFloat() + ", and the mean cross-entropy of the logits " + loss
                            + ".");
            return failure.outcome();
        });
    }

    private Outcome again() {
        return trial(run -> {
            var first = run.said(run.samples());
            var answers = run.generate(run.samples());
            System.gc();
            return new Failure("Keep nothing of what was asked: no cache of another question, counter or draw.")
                    .require(
                            first.equals(run.said(run.samples())),
                            "score()",
                            "It scores otherwise when it is asked again.")
                    .require(
                            answers.equals(run.generate(run.samples())),
                            "generate()",
                            "It answers otherwise when it is asked again.")
                    .outcome();
        });
    }

    private Outcome run() {
        return trial(run ->
                trial(other -> new Failure("Make the weights of nothing but files and options; keep nothing static.")
                        .require(
                                run.backbone().spec().equals(other.backbone().spec()),
                                "spec()",
                                "A second one has another spec or fingerprint.")
                        .require(
                                run.said(run.samples()).equals(other.said(other.samples())),
                                "score()",
                                "A second backbone scores otherwise.")
                        .outcome()));
    }

    private Outcome company() {
        return trial(run -> {
            var failure = new Failure(ALONE);
            var samples = run.samples();
            var together = run.said(samples);
            var answers = run.generate(samples);
            for (var i = 0; i < samples.size(); i++) {
                var single = List.of(samples.get(i));
                failure.require(
                        together.get(i).near(run.said(single).get(0), BackboneTrial.ROUNDING),
                        "sample " + i,
                        "It scores a sample otherwise where it is alone.");
                failure.require(
                        answers.get(i).equals(run.generate(single).get(0)),
                        "sample " + i,
                        "It answers a sample otherwise where it is alone.");
            }
            var backwards = new ArrayList<>(samples);
            Collections.reverse(backwards);
            var turned = new ArrayList<>(run.generate(backwards));
            Collections.reverse(turned);
            failure.require(answers.equals(turned), "generate()", "Its answers depend on the order of the batch.");
            return failure.outcome();
        });
    }

    private Outcome leavesNothing() {
        return trial(run -> {
            ask(run);
            var before = LiveArrays.count();
            ask(run);
            var one = LiveArrays.count();
            ask(run);
            return new Failure("Free what is made for a batch: caches of keys and values above all.")
                    .require(
                            one <= before || LiveArrays.count() <= one,
                            "score(), generate()",
                            "Every batch that it answers leaves arrays behind.")
                    .outcome();
        });
    }

    private static void ask(BackboneTrial run) {
        try (var scope = Scope.open()) {
            run.score(run.samples(), List.of());
            run.generate(run.samples());
        }
    }

    private Outcome frees() {
        return Cycles.flat(() -> trial(run -> {
            ask(run);
            return Outcome.holds();
        }));
    }
}
