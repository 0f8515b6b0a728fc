package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import karuta.api.Backbone;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.Forward;
import karuta.api.Guidance;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Sample;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Scope;
import karuta.tensor.Tensors;

/**
 * A backbone that is asked, with and without inserts.
 *
 * @param maker makes it
 */
record BackboneLesson(Maker<? extends Backbone> maker) {

    /** How far logits may differ where a batch has other lengths, as a share of the largest: the rounding of float32. */
    private static final double ROUNDING = 1e-3;

    private static final String ALONE = "Mask padding in attention, and give every token its own position.";

    List<Property> properties() {
        return List.of(
                new Property("sizes and sites", this::sizes),
                new Property("images are encoded alone", this::encodes),
                new Property("scores of given answers", this::scores),
                new Property("the same scores and answers whenever it is asked", this::again),
                new Property("the same scores in every run", this::run),
                new Property("a sample is answered as if it were alone", this::company),
                new Property("inserts act, and empty ones do not", this::inserts),
                new Property("gradients reach inserts and nothing else", this::gradients),
                new Property("answering leaves nothing behind", this::leavesNothing),
                new Property("disposal frees native memory", this::frees));
    }

    private Outcome with(BiFunction<Backbone, ToyContext, Outcome> test) {
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
        return with((backbone, context) -> {
            var spec = backbone.spec();
            var failure = new Failure("Let spec() say what the model has.");
            var embeddings = backbone.embeddings().getShape();
            failure.require(
                    embeddings.dimension() == 2 && embeddings.get(1) == spec.hidden(),
                    "embeddings()",
                    "The shape of the embeddings is " + embeddings + ", and hidden is " + spec.hidden() + ".");
            failure.require(!spec.fingerprint().isBlank(), "spec()", "The fingerprint is blank.");
            failure.require(spec.layers() > 0, "spec()", "It has no layers.");
            for (var linear : spec.linears()) {
                shape(backbone, linear)
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
        return with((backbone, context) -> {
            var failure = new Failure("Encode every image alone, without recording, and in float32.");
            var samples = Exercises.mixed();
            for (var sample : List.of(samples.get(0), samples.get(1), samples.get(0))) {
                var features = backbone.encode(sample.query().images().get(0));
                var tokens = features.tokens();
                failure.require(
                        tokens.getShape().dimension() == 2,
                        "encode()",
                        "The shape of an image's tokens is " + tokens.getShape() + ".");
                failure.require(finite(tokens.toType(DataType.FLOAT32, false)), "encode()", "A token is not finite.");
                failure.require(!tokens.hasGradient(), "encode()", "An image's tokens carry gradients.");
            }
            var image = samples.get(0).query().images().get(0);
            var before = backbone.encode(image).tokens();
            backbone.encode(samples.get(5).query().images().get(0));
            failure.require(
                    before.contentEquals(backbone.encode(image).tokens()),
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
        return with((backbone, context) -> {
            var failure =
                    new Failure("See CausalLmOutput: rows for the tokens of the answers alone, end of sequence too.");
            var output = score(backbone, Exercises.mixed(), List.of());
            var tokens = output.lengths().stream().mapToInt(n -> n).sum();
            var vocabulary = backbone.embeddings().getShape().get(0);
            failure.require(
                    output.lengths().size() == Exercises.mixed().size(),
                    "lengths",
                    "There are " + output.lengths().size() + " lengths for "
                            + Exercises.mixed().size() + " samples.");
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
                    Math.abs(loss - output.loss().getFloat()) <= ROUNDING * Math.max(1, loss),
                    "loss",
                    "The loss is " + output.loss().getFloat() + ", and the mean cross-entropy of the logits " + loss
                            + ".");
            return failure.outcome();
        });
    }

    private Outcome again() {
        return with((backbone, context) -> {
            var first = said(backbone, Exercises.mixed(), List.of());
            var answers = backbone.generate(prompted(backbone, Exercises.mixed(), List.of()));
            System.gc();
            return new Failure("Keep nothing of what was asked: no cache of another question, counter or draw.")
                    .require(
                            first.equals(said(backbone, Exercises.mixed(), List.of())),
                            "score()",
                            "It scores otherwise when it is asked again.")
                    .require(
                            answers.equals(backbone.generate(prompted(backbone, Exercises.mixed(), List.of()))),
                            "generate()",
                            "It answers otherwise when it is asked again.")
                    .outcome();
        });
    }

    private Outcome run() {
        return with((backbone, context) -> with((other, second) -> new Failure(
                        "Make the weights of nothing but files and options; keep nothing static.")
                .require(
                        backbone.spec().equals(other.spec()), "spec()", "A second one has another spec or fingerprint.")
                .require(
                        said(backbone, Exercises.mixed(), List.of()).equals(said(other, Exercises.mixed(), List.of())),
                        "score()",
                        "A second backbone scores otherwise.")
                .outcome()));
    }

    private Outcome company() {
        return with((backbone, context) -> {
            var failure = new Failure(ALONE);
            var samples = Exercises.mixed();
            var together = said(backbone, samples, List.of());
            var answers = backbone.generate(prompted(backbone, samples, List.of()));
            for (var i = 0; i < samples.size(); i++) {
                var single = List.of(samples.get(i));
                failure.require(
                        together.get(i).near(said(backbone, single, List.of()).get(0), ROUNDING),
                        "sample " + i,
                        "It scores a sample otherwise where it is alone.");
                failure.require(
                        answers.get(i)
                                .equals(backbone.generate(prompted(backbone, single, List.of()))
                                        .get(0)),
                        "sample " + i,
                        "It answers a sample otherwise where it is alone.");
            }
            var backwards = new ArrayList<>(samples);
            Collections.reverse(backwards);
            var turned = new ArrayList<>(backbone.generate(prompted(backbone, backwards, List.of())));
            Collections.reverse(turned);
            failure.require(answers.equals(turned), "generate()", "Its answers depend on the order of the batch.");
            return failure.outcome();
        });
    }

    private Outcome inserts() {
        return with((backbone, context) -> {
            var failure = new Failure("Honour every insert, at its own site: see Insert.");
            var spec = backbone.spec();
            var samples = Exercises.mixed().subList(0, 2);
            var bare = said(backbone, samples, List.of());
            var linear = spec.linears().get(0);
            sites(backbone, context)
                    .forEach((name, insert) -> failure.require(
                            !bare.get(0)
                                    .equals(said(backbone, samples, List.of(insert))
                                            .get(0)),
                            name,
                            "It does not change what is said."));
            Insert.Delta nothing = (x, tokens) -> Ops.scale(Ops.linear(x, ones(context, linear)), 0);
            failure.require(
                    bare.get(0)
                            .near(
                                    said(backbone, samples, List.of(new Insert.Adapter(linear.name(), nothing)))
                                            .get(0),
                                    ROUNDING),
                    linear.name(),
                    "An adapter that adds zeros changes what is said.");
            Insert.Delta much = (x, tokens) -> Ops.linear(x, ones(context, linear));
            var silent = new Insert.Adapter(linear.name(), much, Optional.of(Tensors.scalar(context.manager(), 0)));
            failure.require(
                    bare.get(0).near(said(backbone, samples, List.of(silent)).get(0), ROUNDING),
                    linear.name(),
                    "An adapter of weight 0 changes what is said.");
            return failure.outcome();
        });
    }

    /** An insert for each kind of site. */
    private static Map<String, Insert> sites(Backbone backbone, ToyContext context) {
        var spec = backbone.spec();
        var linear = spec.linears().get(spec.linears().size() / 2);
        NDArray matrix = ones(context, linear);
        return Map.of(
                "soft tokens",
                new Insert.Tokens(random(context, 2, spec.hidden())),
                "a prefix at layer " + (spec.layers() - 1),
                new Insert.Prefix(
                        spec.layers() - 1,
                        random(context, 2, spec.keyValueSize()),
                        random(context, 2, spec.keyValueSize())),
                "an adapter of " + linear.name(),
                new Insert.Adapter(linear.name(), (x, tokens) -> Ops.linear(x, matrix)));
    }

    private static NDArray random(ToyContext context, int rows, int width) {
        return Tensors.of(
                context.manager(), RandomStream.of(rows, "check").normals(rows * width), new Shape(rows, width));
    }

    private static NDArray ones(ToyContext context, Linear linear) {
        return random(context, linear.out(), linear.in());
    }

    private Outcome gradients() {
        return with((backbone, context) -> {
            var failure =
                    new Failure("Let gradients flow through the model into inserts, and never into its own weights.");
            var tokens = random(context, 2, backbone.spec().hidden());
            tokens.setRequiresGradient(true);
            var gradient = Autograd.gradients(
                            () -> score(backbone, Exercises.mixed().subList(0, 2), List.of(new Insert.Tokens(tokens)))
                                    .loss(),
                            List.of(tokens))
                    .get(0);
            failure.require(gradient.abs().max().getFloat() > 0, "soft tokens", "No gradient reaches an insert.");
            failure.require(finite(gradient), "soft tokens", "A gradient is not finite.");
            failure.require(
                    !backbone.embeddings().hasGradient(), "embeddings()", "Its own embeddings require a gradient.");
            return failure.outcome();
        });
    }

    private Outcome leavesNothing() {
        return with((backbone, context) -> {
            ask(backbone);
            var before = LiveArrays.count();
            ask(backbone);
            var one = LiveArrays.count();
            ask(backbone);
            return new Failure("Free what is made for a batch: caches of keys and values above all.")
                    .require(
                            one <= before || LiveArrays.count() <= one,
                            "score(), generate()",
                            "Every batch that it answers leaves arrays behind.")
                    .outcome();
        });
    }

    private static void ask(Backbone backbone) {
        try (var scope = Scope.open()) {
            score(backbone, Exercises.mixed(), List.of());
            backbone.generate(prompted(backbone, Exercises.mixed(), List.of()));
        }
    }

    private Outcome frees() {
        return Cycles.flat(() -> with((backbone, context) -> {
            ask(backbone);
            return Outcome.holds();
        }));
    }

    private static List<Said> said(Backbone backbone, List<Sample> samples, List<Insert> inserts) {
        var prompted = prompted(backbone, samples, inserts);
        var answers = samples.stream().map(Sample::answer).toList();
        var batch = new Batch(prompted.stream().map(PromptedInput::input).toList(), answers);
        return Said.of(Forward.of(backbone, batch, prompted), List.of());
    }

    private static CausalLmOutput score(Backbone backbone, List<Sample> samples, List<Insert> inserts) {
        return backbone.score(
                prompted(backbone, samples, inserts),
                samples.stream().map(Sample::answer).toList());
    }

    private static List<PromptedInput> prompted(Backbone backbone, List<Sample> samples, List<Insert> inserts) {
        return samples.stream()
                .map(sample -> new Input(
                        0,
                        sample.query(),
                        sample.query().images().stream().map(backbone::encode).toList(),
                        new Guidance(Map.of()),
                        Optional.empty()))
                .map(input -> new PromptedInput(input, inserts))
                .toList();
    }
}
