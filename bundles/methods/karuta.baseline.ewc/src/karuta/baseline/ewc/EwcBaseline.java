package karuta.baseline.ewc;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import karuta.api.Baseline;
import karuta.api.Footprint;
import karuta.api.Forward;
import karuta.api.KarutaException;
import karuta.api.LearnerWrapper;
import karuta.api.Paper;
import karuta.api.Phase;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * Elastic Weight Consolidation over any learner that goes on with its parameters theta. To the learner's own terms it adds,
 * with theta*_i where task i left them and F_i the diagonal of the Fisher information there,
 *
 * <pre>
 *   strength / 2  sum over earlier tasks i of  sum F_i (theta - theta*_i)^2
 * </pre>
 *
 * <p>Online EWC keeps one term, anchored where the last task ended, with {@code F <- decay F + F_t}.
 *
 * <p>F is the empirical one, as all published code has it: of the reference answers, not of answers drawn from the model. A
 * and B of an adapter are parameters like any others: what is anchored is one of the many factors of their product.
 */
@Component(name = "ewc", factory = Baseline.KIND)
@Designate(ocd = EwcBaseline.Options.class)
@Paper("Kirkpatrick et al.: Overcoming catastrophic forgetting in neural networks, PNAS 2017; online: Schwarz et al.:"
        + " Progress & Compress, ICML 2018, section 3.2")
public final class EwcBaseline extends LearnerWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(
            name = "Elastic Weight Consolidation",
            description = "Holds parameters where earlier tasks left them, each as far as it mattered.")
    public @interface Options {

        /** By default as in the port to LMMs (LAMDA-CL/Prism), whose loss is a mean over tokens; the paper has one per study. */
        @AttributeDefinition(description = "Weight of the penalty; half of it counts.", min = "0")
        double strength() default 5000;

        @AttributeDefinition(description = "Whether there is one term for all earlier tasks rather than one for each.")
        boolean online() default false;

        @AttributeDefinition(
                description = "Online only: what is left of the older importance when a task is added.",
                min = "0",
                max = "1")
        double decay() default 1;

        /** By default the paper's squared gradients of single examples; the port to LMMs squares those of whole batches. */
        @AttributeDefinition(description = "Of how many examples together a gradient is squared.", min = "1")
        int batch() default 1;

        @AttributeDefinition(
                description = "How many such batches of a task its importance is taken from; 0 for all (Prism: 50).",
                min = "0")
        int batches() default 0;

        /** By default the loss that is trained, for which the default strength was found; the paper's likelihood is the sum. */
        @AttributeDefinition(
                description = "The loss that is differentiated: mean over an answer's tokens, or sum.",
                options = {@Option("mean"), @Option("sum")})
        String likelihood() default "mean";
    }

    private final double strength;
    private final boolean online;
    private final double decay;
    private final Importance importance;
    private final List<Term> terms = new ArrayList<>();

    @Activate
    public EwcBaseline(Options options) {
        strength = options.strength();
        online = options.online();
        decay = options.decay();
        importance = new Importance(
                options.batch(), options.batches(), options.likelihood().equals("sum"));
    }

    /** @throws KarutaException if the learner starts the stage afresh */
    @Override
    protected void begun(Stage stage) {
        if (!terms.isEmpty()) {
            terms.get(terms.size() - 1).anchor().requireContinued("baseline.ewc", trainable());
        }
    }

    /** {@code ewc}, from the second stage on. */
    @Override
    protected Map<String, NDArray> terms(Forward forward, TrainingStep step) {
        var parameters = trainable();
        return terms.stream()
                .flatMap(term -> term.penalties(parameters))
                .reduce(NDArray::add)
                .map(sum -> Map.of("ewc", Ops.scale(sum, strength / 2)))
                .orElse(Map.of());
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        var parameters = trainable();
        var step = new TrainingStep(
                stage, Phase.WHOLE, 0, 0, 1, context().random("baseline.ewc").fork(stage.number()));
        var now = Term.of(parameters, importance.of(data, learner(), parameters, context(), step), context());
        if (online && !terms.isEmpty()) {
            var before = terms.remove(0);
            var both = now.after(before, decay, context());
            now.importance().close();
            before.close();
            now = both;
        }
        terms.add(now);
        super.endStage(stage, data);
    }

    /** What the learner costs, and two numbers for each of its parameters and each term. */
    @Override
    public Footprint footprint() {
        var kept = terms.stream().mapToLong(Term::size).sum();
        return super.footprint().plus(new Footprint(0, kept, 0, 0));
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        for (var i = 0; i < terms.size(); i++) {
            terms.get(i).write(i, tensors);
        }
        return new State(tensors, Map.of("terms", String.valueOf(terms.size())));
    }

    @Override
    public void load(State state) {
        terms.forEach(Term::close);
        terms.clear();
        var count = Integer.parseInt(state.metadata().getOrDefault("terms", "0"));
        for (var i = 0; i < count; i++) {
            terms.add(Term.read(i, state, context()));
        }
    }
}
