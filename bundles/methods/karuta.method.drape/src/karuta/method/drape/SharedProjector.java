package karuta.method.drape;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.Gradient;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.QueryEmbeddings;
import karuta.api.StageData;
import karuta.api.StrategyContext;
import karuta.tensor.Scope;

/**
 * The projector that all tasks train.
 *
 * @param layers its linear layers; none while it is left as it is
 */
record SharedProjector(List<Layer> layers) {

    static final SharedProjector NONE = new SharedProjector(List.of());

    private static final int BATCH = 8;

    static SharedProjector fresh(StrategyContext context) {
        if (linears(context).isEmpty()) {
            throw new KarutaException(
                    "The fusion \"drape\" trains the projector, and the backbone has none.",
                    "Use a backbone with a projector, or set \"projectorRate\" to 0.");
        }
        return new SharedProjector(linears(context).stream()
                .map(linear -> Layer.fresh(linear, context))
                .toList());
    }

    /** What {@link #tensors} gave. */
    static SharedProjector of(Map<String, NDArray> tensors, double energy, StrategyContext context) {
        return new SharedProjector(linears(context).stream()
                .map(linear -> layer(linear, tensors, energy, context))
                .toList());
    }

    private static Layer layer(Linear linear, Map<String, NDArray> tensors, double energy, StrategyContext context) {
        var delta = require(tensors, linear.name() + ".delta", new Shape(linear.out(), linear.in()));
        var covariance = require(tensors, linear.name() + ".covariance", new Shape(linear.in(), linear.in()));
        var held = Optional.ofNullable(tensors.get(linear.name() + ".held"))
                .orElseGet(() -> context.manager().zeros(new Shape(linear.out(), 0)));
        return Layer.of(linear, context.keep(delta), context.keep(covariance), context.keep(held), energy, context);
    }

    private static NDArray require(Map<String, NDArray> tensors, String name, Shape shape) {
        return Optional.ofNullable(tensors.get(name))
                .filter(tensor -> tensor.getShape().equals(shape))
                .orElseThrow(() -> DrapeFusion.unfit("has no " + name + " of shape " + shape));
    }

    private static List<Linear> linears(StrategyContext context) {
        return context.backbone().spec().projector();
    }

    static List<QueryEmbeddings> embed(List<Input> inputs, List<Insert> inserts, StrategyContext context) {
        return context.backbone()
                .embed(inputs.stream()
                        .map(input -> new PromptedInput(input, inserts))
                        .toList());
    }

    /** The same objects for all samples. */
    List<Insert> inserts() {
        return layers.stream().<Insert>map(Layer::insert).toList();
    }

    List<Parameter> parameters(double rate) {
        return layers.stream()
                .map(layer -> new Parameter("projector." + layer.linear().name(), layer.delta(), rate))
                .toList();
    }

    /** The gradient of one of its parameters, projected; any other as it is. */
    Gradient projected(Gradient gradient) {
        return layers.stream()
                .filter(layer -> layer.delta() == gradient.parameter().value())
                .findFirst()
                .map(layer -> new Gradient(gradient.parameter(), layer.projected(gradient.value())))
                .orElse(gradient);
    }

    /** Takes back what the optimiser moved within the span of earlier tasks' features. */
    void hold() {
        layers.forEach(Layer::hold);
    }

    /** With the covariance of what a stage's images put into the layers, as these are now. */
    SharedProjector protecting(StageData data, double energy, StrategyContext context) {
        if (layers.isEmpty()) {
            return this;
        }
        try (var scope = Scope.open()) {
            var recorders = layers.stream()
                    .map(layer -> Layer.Recorder.of(layer.linear(), context.manager()))
                    .toList();
            var inserts = Stream.concat(
                            inserts().stream(),
                            recorders.stream()
                                    .<Insert>map(recorder ->
                                            new Insert.Adapter(recorder.linear().name(), recorder)))
                    .toList();
            for (var from = 0; from < data.size(); from += BATCH) {
                try (var batch = Scope.open()) {
                    embed(data.batch(from, Math.min(data.size(), from + BATCH)).inputs(), inserts, context);
                }
            }
            for (var i = 0; i < layers.size(); i++) {
                layers.get(i).covariance().addi(recorders.get(i).mean());
            }
            return new SharedProjector(layers.stream()
                    .map(layer -> layer.protecting(energy, context))
                    .toList());
        }
    }

    Footprint footprint() {
        var trained = layers.stream().mapToLong(layer -> layer.delta().size()).sum();
        return new Footprint(
                trained, tensors().values().stream().mapToLong(NDArray::size).sum(), 0, 0);
    }

    Map<String, NDArray> tensors() {
        var tensors = new HashMap<String, NDArray>();
        layers.forEach(layer -> tensors.putAll(layer.tensors()));
        return tensors;
    }
}
