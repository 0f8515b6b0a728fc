package karuta.check;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import karuta.api.Backbone;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.RandomStream;
import karuta.check.Made.Maker;
import karuta.kit.ToyContext;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import karuta.tensor.Tensors;

/**
 * A backbone with inserts. It may refuse a kind of them, in words.
 *
 * @param maker makes it
 */
record InsertLesson(Maker<? extends Backbone> maker) {

    private static final String ADAPTER = "an adapter of ";

    List<Property> properties() {
        return List.of(
                new Property("inserts act, and empty ones do not", () -> trial(InsertLesson::act)),
                new Property("gradients reach inserts and nothing else", () -> trial(InsertLesson::gradients)));
    }

    private Outcome trial(Function<BackboneTrial, Outcome> test) {
        return BackboneTrial.of(maker, test);
    }

    private static Outcome act(BackboneTrial run) {
        var failure = new Failure("Honour every insert, at its own site: see Insert.");
        var bare = one(run, List.of());
        var refused = new ArrayList<String>();
        var sites = sites(run);
        sites.forEach((name, insert) -> {
            try {
                failure.require(!bare.equals(one(run, List.of(insert))), name, "It does not change what is said.");
            } catch (KarutaException inWords) {
                refused.add(name);
            }
        });
        failure.require(refused.size() < sites.size(), "inserts", "It refuses all of them.");
        run.backbone().spec().linears().stream()
                .findFirst()
                .filter(linear -> refused.stream().noneMatch(name -> name.startsWith(ADAPTER)))
                .ifPresent(linear -> silent(run, linear)
                        .forEach((name, insert) -> failure.require(
                                bare.near(one(run, List.of(insert)), BackboneTrial.ROUNDING),
                                linear.name(),
                                name + " changes what is said.")));
        return failure.outcome() instanceof Outcome.Holds && !refused.isEmpty()
                ? new Outcome.Holds("it refuses " + String.join(", ", refused))
                : failure.outcome();
    }

    private static Said one(BackboneTrial run, List<Insert> inserts) {
        return run.said(run.samples().subList(0, 2), inserts).get(0);
    }

    /** An insert for each kind of site that it has. */
    private static Map<String, Insert> sites(BackboneTrial run) {
        var context = run.context();
        var spec = run.backbone().spec();
        var sites = new LinkedHashMap<String, Insert>();
        sites.put("soft tokens", new Insert.Tokens(random(context, 2, spec.hidden())));
        sites.put(
                "a prefix at layer " + (spec.layers() - 1),
                new Insert.Prefix(
                        spec.layers() - 1,
                        random(context, 2, spec.keyValueSize()),
                        random(context, 2, spec.keyValueSize())));
        if (!spec.linears().isEmpty()) {
            var linear = spec.linears().get(spec.linears().size() / 2);
            NDArray matrix = random(context, linear);
            sites.put(ADAPTER + linear.name(), new Insert.Adapter(linear.name(), (x, tokens) -> Ops.linear(x, matrix)));
        }
        return sites;
    }

    /** Adapters that add nothing. */
    private static Map<String, Insert> silent(BackboneTrial run, Linear linear) {
        NDArray matrix = random(run.context(), linear);
        Insert.Delta much = (x, tokens) -> Ops.linear(x, matrix);
        Insert.Delta nothing = (x, tokens) -> Ops.scale(Ops.linear(x, matrix), 0);
        return Map.of(
                "An adapter that adds zeros",
                new Insert.Adapter(linear.name(), nothing),
                "An adapter of weight 0",
                new Insert.Adapter(
                        linear.name(),
                        much,
                        Optional.of(Tensors.scalar(run.context().manager(), 0))));
    }

    private static NDArray random(ToyContext context, Linear linear) {
        return random(context, linear.out(), linear.in());
    }

    private static NDArray random(ToyContext context, int rows, int width) {
        return Tensors.of(
                context.manager(), RandomStream.of(rows, "check").normals(rows * width), new Shape(rows, width));
    }

    private static Outcome gradients(BackboneTrial run) {
        var failure = new Failure("Let gradients flow through the model into inserts, and never into its own weights.");
        var backbone = run.backbone();
        var tokens = random(run.context(), 2, backbone.spec().hidden());
        tokens.setRequiresGradient(true);
        var gradient = Autograd.gradients(
                        () -> run.score(run.samples().subList(0, 2), List.of(new Insert.Tokens(tokens)))
                                .loss(),
                        List.of(tokens))
                .get(0);
        failure.require(gradient.abs().max().getFloat() > 0, "soft tokens", "No gradient reaches an insert.");
        failure.require(finite(gradient), "soft tokens", "A gradient is not finite.");
        failure.require(!backbone.embeddings().hasGradient(), "embeddings()", "Its own embeddings require a gradient.");
        return failure.outcome();
    }

    private static boolean finite(NDArray array) {
        return Float.isFinite(array.abs().max().getFloat());
    }
}
