package karuta.baseline.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Baseline;
import karuta.api.Footprint;
import karuta.api.Input;
import karuta.api.Insert;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.PromptedInput;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.StrategyBase;
import karuta.api.TrainingStep;
import karuta.tensor.KeptState;
import karuta.tensor.LoraLayer;
import karuta.tensor.Room;
import karuta.tensor.SavedNames;
import karuta.tensor.Targets;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One LoRA adapter that is trained on one task after the other, and forgets. */
@Component(name = "lora", factory = Baseline.KIND)
@Designate(ocd = LoraBaseline.Options.class)
@Paper("Hu, Shen, Wallis, Allen-Zhu, Li, Wang, Wang, Chen: LoRA: Low-Rank Adaptation of Large Language Models, ICLR"
        + " 2022; trained in sequence as in Chen, Zhu, Luo, Shen, Song, Gao: CoIN, NeurIPS 2024")
public final class LoraBaseline extends StrategyBase implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(name = "Sequential LoRA", description = "One adapter, trained on one task after the other.")
    public @interface Options {

        @AttributeDefinition(description = "Rank r of the adapter.", min = "1")
        int rank() default 8;

        @AttributeDefinition(description = "The adapter's output is scaled by alpha / rank.", min = "0")
        double alpha() default 16;

        @AttributeDefinition(
                description = "Share of the adapter's input that is dropped in training.",
                min = "0",
                max = "0.99")
        double dropout() default 0;

        @AttributeDefinition(
                description = "Linear layers that get an adapter: names, last parts of names, or regular expressions.")
        String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
    }

    private final int rank;
    private final double alpha;
    private final double dropout;
    private final List<String> targets;
    private final Map<String, LoraLayer> adapters = new LinkedHashMap<>();

    @Activate
    public LoraBaseline(Options options) {
        this(options.rank(), options.alpha(), options.dropout(), List.of(options.targets()));
    }

    LoraBaseline(int rank, double alpha, double dropout, List<String> targets) {
        this.rank = rank;
        this.alpha = alpha;
        this.dropout = dropout;
        this.targets = List.copyOf(targets);
    }

    /** The first stage makes the adapter; the later ones go on with it. */
    @Override
    public void beginStage(Stage stage, StageData data) {
        if (adapters.isEmpty()) {
            Room.forLearned(
                    "\"rank\": " + rank + " of baseline.lora",
                    linears().stream()
                            .mapToDouble(linear -> (double) rank * (linear.in() + linear.out()))
                            .sum());
            var draws = context().random("baseline.lora");
            for (var linear : linears()) {
                var fresh = LoraLayer.fresh(
                        context().manager(), linear.in(), linear.out(), rank, scale(), draws.fork(linear.name()));
                adapters.put(linear.name(), kept(fresh.a(), fresh.b()));
            }
        }
    }

    private List<Linear> linears() {
        return Targets.among(context().backbone().spec().linears(), targets);
    }

    private double scale() {
        return alpha / rank;
    }

    private LoraLayer kept(NDArray a, NDArray b) {
        return new LoraLayer(context().keep(a), context().keep(b), scale());
    }

    @Override
    public List<Parameter> trainable() {
        var parameters = new ArrayList<Parameter>();
        tensors().forEach((name, value) -> parameters.add(new Parameter(name, value)));
        return parameters;
    }

    /** A and B of every layer, as PEFT names them. */
    private Map<String, NDArray> tensors() {
        var tensors = new LinkedHashMap<String, NDArray>();
        adapters.forEach((linear, adapter) -> {
            tensors.put(linear + SavedNames.LORA_A, adapter.a());
            tensors.put(linear + SavedNames.LORA_B, adapter.b());
        });
        return tensors;
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs) {
        return with(inputs, (linear, adapter) -> adapter);
    }

    @Override
    public List<PromptedInput> prompt(List<Input> inputs, TrainingStep step) {
        var random = step.random().fork("dropout");
        return with(
                inputs,
                (linear, adapter) ->
                        adapter.dropping(dropout, random.fork(linear).bits(0)));
    }

    private List<PromptedInput> with(List<Input> inputs, BiFunction<String, LoraLayer, LoraLayer> change) {
        var inserts = new ArrayList<Insert>();
        adapters.forEach((linear, adapter) -> inserts.add(new Insert.Adapter(linear, change.apply(linear, adapter))));
        return inputs.stream().map(input -> new PromptedInput(input, inserts)).toList();
    }

    @Override
    public Footprint footprint() {
        var size = tensors().values().stream().mapToLong(NDArray::size).sum();
        return new Footprint(size, size, 0, 0);
    }

    /** The matrices, and as metadata the options, without which the matrices could not be used elsewhere. */
    @Override
    public State save() {
        return adapters.isEmpty() ? State.EMPTY : new State(tensors(), notes());
    }

    private Map<String, String> notes() {
        var notes = new HashMap<>(sizes());
        notes.put("dropout", String.valueOf(dropout));
        return notes;
    }

    /** Without which kept matrices are others. */
    private Map<String, String> sizes() {
        return Map.of("rank", String.valueOf(rank), "alpha", String.valueOf(alpha));
    }

    @Override
    public void load(State state) {
        adapters.clear();
        if (state.tensors().isEmpty()) {
            return;
        }
        var kept = new KeptState(
                state,
                "the baseline \"lora\"",
                "Go on with the rank, alpha, targets and backbone that it was made with.");
        kept.requireSame(sizes());
        for (var linear : linears()) {
            var a = kept.take(linear.name() + SavedNames.LORA_A, new Shape(rank, linear.in()));
            var b = kept.take(linear.name() + SavedNames.LORA_B, new Shape(linear.out(), rank));
            adapters.put(linear.name(), kept(a, b));
        }
        kept.requireNothingLeft();
    }
}
