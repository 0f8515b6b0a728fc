package karuta.method.moelora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.RandomStream;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.Initial;
import karuta.tensor.KeptState;
import karuta.tensor.Ops;
import karuta.tensor.Room;
import karuta.tensor.Targets;
import karuta.tensor.Tensors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * MoELoRA as CoIN has it. In every layer E experts share a rank r, and every token weighs them by a router of the layer,
 *
 * <pre>
 *   y += alpha / r  sum_e softmax(G x)_e B_e A_e x
 * </pre>
 *
 * <p>A_e and B_e have rank r / E, but are scaled by alpha / r. All experts count, nothing balances them, nothing is frozen: the
 * next task goes on with all of it. A starts normally distributed with deviation 0.01, B at zero, G as PyTorch's linear layers.
 */
@Component(name = "moelora", factory = Learner.KIND)
@Designate(ocd = MoeLora.Options.class)
@Paper(
        "Chen, Zhu, Luo, Shen, Song, Gao: CoIN: A Benchmark of Continual Instruction Tuning for Multimodal Large Language Models,"
                + " NeurIPS 2024, section 4; details from the code, github.com/zackschen/CoIN")
public final class MoeLora extends StrategyBase implements Learner {

    /** Options of this learner. */
    @ObjectClassDefinition(name = "MoELoRA", description = "Adapters that each token weighs by a router.")
    public @interface Options {

        @AttributeDefinition(description = "Rank r of all experts together; a multiple of their number.", min = "1")
        int rank() default 128;

        @AttributeDefinition(description = "The output is scaled by alpha / rank.", min = "0")
        double alpha() default 256;

        /** By default as in the published runs; the class of the code has 4. */
        @AttributeDefinition(description = "How many experts a layer has (E).", min = "1")
        int experts() default 8;

        @AttributeDefinition(
                description = "Share of the experts' input that is dropped in training.",
                min = "0",
                max = "0.99")
        double dropout() default 0.05;

        @AttributeDefinition(
                description = "Linear layers that get experts: names, last parts of names, or regular expressions.")
        String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
    }

    private static final String NAME = "method.moelora";
    private static final String ROUTER = ".router";
    private static final String A = ".experts_A";
    private static final String B = ".experts_B";
    private static final double DEVIATION = 0.01;

    private final int rank;
    private final double alpha;
    private final int experts;
    private final double dropout;
    private final List<String> targets;
    private final Map<String, Experts> layers = new LinkedHashMap<>();

    /** @throws KarutaException if the rank cannot be shared evenly */
    @Activate
    public MoeLora(Options options) {
        rank = options.rank();
        alpha = options.alpha();
        experts = options.experts();
        dropout = options.dropout();
        targets = List.of(options.targets());
        if (rank % experts != 0) {
            throw new KarutaException(
                    "\"rank\": " + rank + " of " + NAME + " is no multiple of \"experts\": " + experts + ".",
                    "Choose a rank that " + experts + " experts can share.");
        }
    }

    /** @throws KarutaException if an expert's rank is above a layer's width */
    @Override
    protected void started() {
        Targets.requireRank(linears(), rank / experts, NAME);
    }

    private List<Linear> linears() {
        return Targets.among(context().backbone().spec().linears(), targets);
    }

    /** The first stage makes the experts; the later ones go on with them. */
    @Override
    public void beginStage(Stage stage, StageData data) {
        if (layers.isEmpty()) {
            Room.forLearned(
                    "\"rank\": " + rank + " of " + NAME,
                    linears().stream()
                            .mapToDouble(
                                    linear -> (double) (rank + experts) * linear.in() + (double) rank * linear.out())
                            .sum());
            var draws = context().random(NAME);
            linears().forEach(linear -> layers.put(linear.name(), fresh(linear, draws.fork(linear.name()))));
        }
    }

    private Experts fresh(Linear linear, RandomStream draws) {
        var manager = context().manager();
        NDArray normals =
                Tensors.of(manager, draws.fork("A").normals(rank * linear.in()), new Shape(rank, linear.in()));
        return kept(
                Initial.uniform(
                        manager, new Shape(experts, linear.in()), 1 / Math.sqrt(linear.in()), draws.fork("router")),
                Ops.scale(normals, DEVIATION),
                manager.zeros(new Shape(linear.out(), rank)));
    }

    private Experts kept(NDArray router, NDArray a, NDArray b) {
        return new Experts(context().keep(router), context().keep(a), context().keep(b), alpha / rank, 0, 0);
    }

    @Override
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        tensors().forEach((name, value) -> parameters.add(new Parameter(name, value)));
        return parameters;
    }

    private Map<String, NDArray> tensors() {
        var tensors = new LinkedHashMap<String, NDArray>();
        layers.forEach((linear, layer) -> {
            tensors.put(linear + ROUTER, layer.router());
            tensors.put(linear + A, layer.a());
            tensors.put(linear + B, layer.b());
        });
        return tensors;
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return with(inputs, (linear, layer) -> layer);
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        var random = step.random().fork("dropout");
        return with(
                inputs,
                (linear, layer) -> layer.dropping(dropout, random.fork(linear).bits(0)));
    }

    private List<PromptedInput> with(List<Input> inputs, BiFunction<String, Experts, Experts> change) {
        var inserts = new ArrayList<Insert>();
        layers.forEach((linear, layer) -> inserts.add(new Insert.Adapter(linear, change.apply(linear, layer))));
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public Footprint footprint() {
        var size = tensors().values().stream().mapToLong(NDArray::size).sum();
        return new Footprint(size, size, 0, 0);
    }

    @Override
    public State save() {
        return new State(tensors(), Map.of("rank", String.valueOf(rank), "alpha", String.valueOf(alpha)));
    }

    /** @throws KarutaException if it was made with another rank, alpha, number of experts, or for other layers */
    @Override
    public void load(State state) {
        layers.clear();
        if (state.tensors().isEmpty()) {
            return;
        }
        var kept = new KeptState(
                state,
                "\"" + NAME + "\"",
                "Go on with the rank, alpha, experts, targets and backbone that it was made with.");
        kept.requireSame(save().metadata());
        for (var linear : linears()) {
            var router = kept.take(linear.name() + ROUTER, new Shape(experts, linear.in()));
            var a = kept.take(linear.name() + A, new Shape(rank, linear.in()));
            var b = kept.take(linear.name() + B, new Shape(linear.out(), rank));
            layers.put(linear.name(), kept(router, a, b));
        }
        kept.requireNothingLeft();
    }
}
