package karuta.method.olora;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import karuta.api.Forward;
import karuta.api.Learner;
import karuta.api.Paper;
import karuta.api.TrainingStep;
import karuta.tensor.LoraLayer;
import karuta.tensor.Ops;
import karuta.tensor.Script;
import karuta.tensor.StagedLoraLearner;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * O-LoRA. Every task t has an adapter of its own in every layer; those of earlier tasks stay as they are, and all are added up,
 * {@code y += s (sum_{i<t} B_i A_i + B_t A_t) x}. The rows of A_t are held apart from those of earlier tasks:
 *
 * <pre>
 *   L = L_LM + orthogonality  sum over layers, i < t, of sum |A_i A_t^T|  + norm  sum over layers of |A_t| + |B_t|
 * </pre>
 *
 * <p>Sums are not divided by anything, so that the first term grows with layers, tasks and the square of the rank.
 */
@Component(name = "olora", factory = Learner.KIND)
@Designate(ocd = OLora.Options.class)
@Paper(
        "Wang, Chen, Ge, Xia, Bao, Zheng, Zhang, Gui, Huang: Orthogonal Subspace Learning for Language Model Continual Learning,"
                + " EMNLP Findings 2023")
public final class OLora extends StagedLoraLearner {

    /** Options of this learner. */
    @ObjectClassDefinition(
            name = "O-LoRA",
            description = "An adapter per task, kept apart from those of earlier tasks.")
    public @interface Options {

        @AttributeDefinition(description = "Rank r of a task's adapter.", min = "1")
        int rank() default 8;

        @AttributeDefinition(description = "The adapters' outputs are scaled by alpha / rank.", min = "0")
        double alpha() default 32;

        /** By default the authors'; their port to LMMs (MCITlib), where more layers are adapted, has 0.05. */
        @AttributeDefinition(description = "Weight of the overlap with earlier tasks (lambda 1).", min = "0")
        double orthogonality() default 0.5;

        /** By default the authors' for most tasks; from the fifth of a long sequence on they have 0.1. */
        @AttributeDefinition(description = "Weight of the norms of A and B (lambda 2).", min = "0")
        double norm() default 0;

        @AttributeDefinition(
                description = "Share of the trained adapter's input that is dropped in training.",
                min = "0",
                max = "0.99")
        double dropout() default 0.1;

        /** By default all layers, as LMMs are adapted; the authors adapt q and v of T5. */
        @AttributeDefinition(
                description = "Linear layers that get an adapter: names, last parts of names, or regular expressions.")
        String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
    }

    private static final Script SCRIPT = Script.of("""
        def overlap(self, old: Tensor, new: Tensor) -> Tensor:
          return torch.sum(torch.abs(torch.matmul(old, torch.transpose(new, 0, 1))))
        def norm(self, x: Tensor) -> Tensor:
          return torch.sqrt(torch.sum(x * x) + 1e-20)
        """);

    private final double orthogonality;
    private final double norm;

    @Activate
    public OLora(Options options) {
        super("method.olora", options.rank(), options.alpha(), options.dropout(), options.targets());
        orthogonality = options.orthogonality();
        norm = options.norm();
    }

    /** {@code lm}, from the second stage on {@code orthogonality}, and {@code norm} where it has a weight. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        adapters().linears().stream()
                .flatMap(linear -> adapters().past(linear).stream()
                        .flatMap(old -> adapters().open(linear).stream().map(now -> overlap(old, now))))
                .reduce(NDArray::add)
                .ifPresent(sum -> losses.put("orthogonality", Ops.scale(sum, orthogonality)));
        if (norm > 0) {
            adapters().linears().stream()
                    .flatMap(linear -> adapters().open(linear).stream())
                    .flatMap(pair -> Stream.of(pair.a(), pair.b()))
                    .map(factor -> SCRIPT.call("norm", factor))
                    .reduce(NDArray::add)
                    .ifPresent(sum -> losses.put("norm", Ops.scale(sum, norm)));
        }
        return losses;
    }

    /** {@code sum |A_i A^T|} over all earlier tasks, whose A's are one above the other. */
    static NDArray overlap(LoraLayer old, LoraLayer now) {
        return SCRIPT.call("overlap", old.a(), now.a());
    }
}
