package karuta.method.sefe;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import karuta.api.BackboneSpec.Linear;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.KarutaException;
import karuta.api.Learner;
import karuta.api.Paper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import karuta.tensor.StagedLoraLearner;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * RegLoRA of SEFE. Every task has a fresh adapter; those of earlier tasks stay beside it (the authors merge them into the weight,
 * which is the same). After a task, the places of the largest {@code share} of {@code |B A|} in each layer are its key elements,
 * and all later tasks are kept from changing what is there:
 *
 * <pre>
 *   L = L_LM + weight  mean over layers of  mean over key elements (a, b) of all earlier tasks of  |(B A)_ab|
 * </pre>
 *
 * <p>A place that is key to two tasks counts twice. Nothing of it is left at inference. The other half of SEFE, answers in several
 * styles, is {@link AnswerStyles}.
 */
@Component(name = "sefe", factory = Learner.KIND)
@Designate(ocd = Sefe.Options.class)
@Paper(
        "Chen et al.: SEFE: Superficial and Essential Forgetting Eliminator for Multimodal Continual Instruction Tuning, ICML 2025"
                + " (RegLoRA); details from the code, github.com/jinpeng0528/SEFE")
public final class Sefe extends StagedLoraLearner {

    /** Options of this learner. */
    @ObjectClassDefinition(
            name = "SEFE: RegLoRA",
            description = "An adapter per task that leaves alone the key elements of those before it.")
    public @interface Options {

        /** By default the authors'; MCITlib has 16. */
        @AttributeDefinition(description = "Rank r of a task's adapter.", min = "1")
        int rank() default 128;

        @AttributeDefinition(description = "The adapters' outputs are scaled by alpha / rank.", min = "0")
        double alpha() default 256;

        @AttributeDefinition(description = "Weight of the size of earlier tasks' key elements.", min = "0")
        double weight() default 2500;

        @AttributeDefinition(description = "Share of a layer's elements that are key to a task.", min = "0", max = "1")
        double share() default 0.02;

        @AttributeDefinition(
                description = "Share of the trained adapter's input that is dropped in training.",
                min = "0",
                max = "0.99")
        double dropout() default 0.05;

        @AttributeDefinition(
                description = "Linear layers that get an adapter: names, last parts of names, or regular expressions.")
        String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
    }

    private static final String KEYS = ".keys";

    private final double weight;
    private final double share;
    private final Map<String, NDArray> keys = new LinkedHashMap<>();

    @Activate
    public Sefe(Options options) {
        super("method.sefe", options.rank(), options.alpha(), options.dropout(), options.targets());
        weight = options.weight();
        share = options.share();
    }

    /** {@code lm}, and {@code keys} from the second stage on. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        var sizes = new ArrayList<NDArray>();
        for (var linear : adapters().linears()) {
            adapters()
                    .open(linear)
                    .filter(pair -> keys.containsKey(linear.name()))
                    .ifPresent(pair -> sizes.add(KeyElements.size(pair, keys.get(linear.name()))));
        }
        sizes.stream().reduce(NDArray::add).ifPresent(sum -> losses.put("keys", Ops.scale(sum, weight / sizes.size())));
        return losses;
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        adapters().linears().forEach(this::find);
        super.endStage(stage, data);
    }

    private void find(Linear linear) {
        var pair = adapters().open(linear).orElseThrow();
        keys.merge(
                linear.name(),
                context().keep(KeyElements.largest(pair, share)),
                (old, now) -> context().keep(old.concat(now)));
    }

    /** Adapters, and the places of key elements. */
    @Override
    public Footprint footprint() {
        var places = keys.values().stream().mapToLong(NDArray::size).sum();
        return super.footprint().plus(new Footprint(0, places, 0, 0));
    }

    @Override
    public State save() {
        var state = super.save();
        var tensors = new HashMap<>(state.tensors());
        keys.forEach((linear, places) -> tensors.put(linear + KEYS, places));
        return new State(tensors, state.metadata());
    }

    /** @throws KarutaException if the state was made with other adapters */
    @Override
    public void load(State state) {
        super.load(state);
        keys.clear();
        keys.putAll(state.tensors().entrySet().stream()
                .filter(tensor -> tensor.getKey().endsWith(KEYS))
                .collect(Collectors.toMap(
                        tensor -> tensor.getKey().substring(0, tensor.getKey().length() - KEYS.length()),
                        tensor -> context().keep(tensor.getValue()))));
    }
}
