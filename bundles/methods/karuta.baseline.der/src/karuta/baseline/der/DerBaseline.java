package karuta.baseline.der;

import ai.djl.ndarray.NDArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Ability;
import karuta.api.Baseline;
import karuta.api.CausalLmOutput;
import karuta.api.Forward;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.rehearsal.RehearsalWrapper;
import karuta.rehearsal.StoredExample;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Dark Experience Replay, DER++: keeps some examples with the logits that were said to them, and holds the model to both,
 * over any learner. In the paper's symbols, with f = softmax(h), the stream's batch (x, y) and the buffer M:
 *
 * <pre>
 *   L = l(y, f(x)) + alpha E_{(x', z') ~ M} [ ||z' - h(x')||^2 ] + beta E_{(x'', y'') ~ M} [ l(y'', f(x'')) ]
 * </pre>
 *
 * <p>l(y, f(x)) is the sum of the learner's own terms; both others are drawn anew in every step. M is a reservoir over all
 * batches that were trained on: after the optimiser's step, a batch is shown to it with the logits that it had before. As in
 * the authors' code (aimagelab/mammoth, derpp.py), the squared error is a mean, not a sum: over all answer tokens of the
 * draw and the logits that are kept of each. That only some of the logits are kept, {@code topK}, is Karuta's own variant.
 *
 * <p>beta = 0 is DER; alpha = 0 is experience replay, and no logits are kept. Real pixels and texts are kept.
 */
@Component(name = "der", factory = Baseline.KIND)
@Designate(ocd = DerBaseline.Options.class)
@Paper("Buzzega, Boschini, Porrello, Abati, Calderara: Dark Experience for General Continual Learning: a Strong, Simple"
        + " Baseline, NeurIPS 2020, section 3 (DER++)")
@Needs(Ability.STORED_SAMPLES)
public final class DerBaseline extends RehearsalWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(
            name = "Dark Experience Replay",
            description = "Rehearses kept examples and the logits that were said to them, over any learner.")
    public @interface Options {

        @AttributeDefinition(description = "How many examples are kept, of all tasks together.", min = "1")
        int buffer() default 160;

        @AttributeDefinition(
                description = "How many of them each training step draws for each of the two terms.",
                min = "1")
        int batch() default 16;

        @AttributeDefinition(
                description = "Weight of the squared error of logits (published: 0.1 to 0.5); 0 is experience replay.",
                min = "0")
        double alpha() default 0.1;

        @AttributeDefinition(
                description = "Weight of the loss of rehearsed answers (published: 0.5 to 1); 0 is DER.",
                min = "0")
        double beta() default 0.5;

        /** By default the published method, as what differs from it must be asked for: 128 kB a token of LLaVA. */
        @AttributeDefinition(
                description =
                        "How many logits are kept of each answer token, the largest; 0 keeps the whole vocabulary, as"
                                + " published. Any other number is a variant of Karuta's own that takes 8 bytes a logit.",
                min = "0")
        int topK() default 0;
    }

    private final int batch;
    private final double alpha;
    private final double beta;
    private final StoredLogits logits;

    @Activate
    public DerBaseline(Options options) {
        this(options.buffer(), options.batch(), options.alpha(), options.beta(), options.topK());
    }

    DerBaseline(int capacity, int batch, double alpha, double beta, int topK) {
        super(capacity, "baseline.der");
        this.batch = batch;
        this.alpha = alpha;
        this.beta = beta;
        logits = new StoredLogits(topK);
    }

    /** The learner's terms for the new examples, and {@code der.logits} and {@code der.lm}, weighted, for kept ones. */
    @Override
    public Map<String, NDArray> losses(Forward forward, TrainingStep step) {
        var losses = new LinkedHashMap<>(super.losses(forward, step));
        if (alpha > 0 && buffer().size() > 0) {
            var drawn = draw("der.logits", step);
            losses.put(
                    "der.logits",
                    Ops.scale(StoredLogits.error(rehearse(drawn, step.fork("der.logits")), drawn), alpha));
        }
        if (beta > 0 && buffer().size() > 0) {
            losses.put(
                    "der.lm",
                    Ops.scale(
                            rehearse(draw("der.lm", step), step.fork("der.lm")).loss(), beta));
        }
        return losses;
    }

    private List<StoredExample> draw(String term, TrainingStep step) {
        return buffer().draw(batch, step.random().fork(term));
    }

    private CausalLmOutput rehearse(List<StoredExample> drawn, TrainingStep step) {
        return Forward.of(context().backbone(), learner(), buffer().batch(drawn), step)
                .output();
    }

    /** Shows the step's batch to the buffer. */
    @Override
    public void afterStep(Forward forward, TrainingStep step) {
        super.afterStep(forward, step);
        buffer().add(forward.batch(), alpha > 0 ? logits.of(forward.output()) : i -> Map.of());
    }

    /** The buffer, which every step changes. */
    @Override
    public Optional<State> saveWithin() {
        return Optional.of(save());
    }

    @Override
    public void loadWithin(State state) {
        load(state);
    }
}
