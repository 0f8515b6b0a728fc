package karuta.baseline.dgg;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import karuta.api.Baseline;
import karuta.api.Footprint;
import karuta.api.Gradient;
import karuta.api.KarutaException;
import karuta.api.LearnerWrapper;
import karuta.api.Paper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.State;
import karuta.api.TrainingStep;
import karuta.tensor.ParameterSnapshot;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Dynamic Gradient Guidance over any learner that goes on with its parameters theta. From the second stage on, each step with
 * probability {@code share} adds to its gradient g what stands for the gradients of earlier tasks,
 *
 * <pre>
 *   g + h min(1, |g| / |h|)   with   h = theta - theta*
 * </pre>
 *
 * <p>theta* is where the last stage ended. The method is meant beside replay: put it over {@code replay} over the learner.
 * Norms are of all parameters together (ours: the paper as we have it does not say).
 */
@Component(name = "dgg", factory = Baseline.KIND)
@Designate(ocd = DggBaseline.Options.class)
@Paper("Li, Gao, Su, Zhang, Wang: Multimodal Continual Instruction Tuning with Dynamic Gradient Guidance, CVPR 2026")
public final class DggBaseline extends LearnerWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(
            name = "Dynamic Gradient Guidance",
            description = "Draws some steps to where the last stage ended, over any learner; meant beside replay.")
    public @interface Options {

        /** By default the paper's for UCIT, whose tasks are as unlike as those of most suites here. */
        @AttributeDefinition(
                description = "Share of the steps that are guided (published: 0.2 for VQA v2, 0.05 to 0.1 for UCIT).",
                min = "0",
                max = "1")
        double share() default 0.1;
    }

    private final double share;
    private Optional<Guide> guide = Optional.empty();

    @Activate
    public DggBaseline(Options options) {
        share = options.share();
    }

    /** @throws KarutaException if the learner starts the stage afresh */
    @Override
    protected void begun(Stage stage) {
        guide.ifPresent(known -> known.past().requireContinued("baseline.dgg", trainable()));
    }

    @Override
    public List<Gradient> gradients(List<Gradient> gradients, TrainingStep step) {
        var own = super.gradients(gradients, step);
        var guided = step.random().fork("baseline.dgg").uniform(0) < share;
        return guide.filter(known -> guided).map(known -> known.added(own)).orElse(own);
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        guide.ifPresent(known -> known.past().close());
        guide = Optional.of(new Guide(ParameterSnapshot.of(trainable(), context())));
        super.endStage(stage, data);
    }

    /** What the learner costs, and its parameters once more. */
    @Override
    public Footprint footprint() {
        var kept = guide.map(known -> known.past().size()).orElse(0L);
        return super.footprint().plus(new Footprint(0, kept, 0, 0));
    }

    @Override
    public State save() {
        var tensors = new HashMap<String, NDArray>();
        guide.ifPresent(known -> known.past().write("past.", tensors));
        return new State(tensors, Map.of());
    }

    @Override
    public void load(State state) {
        guide = Optional.of(new Guide(ParameterSnapshot.read("past.", state, context())))
                .filter(known -> known.past().size() > 0);
    }
}
