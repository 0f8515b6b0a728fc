package karuta.baseline.lwf;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Optional;
import karuta.api.Baseline;
import karuta.api.Batch;
import karuta.api.CausalLmOutput;
import karuta.api.Forward;
import karuta.api.LearnerWrapper;
import karuta.api.Paper;
import karuta.api.Stage;
import karuta.api.StageData;
import karuta.api.StrategyContext.Twin;
import karuta.api.TrainingStep;
import karuta.tensor.Autograd;
import karuta.tensor.Ops;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Learning without Forgetting over any learner. Before a stage the learner is copied, and what this teacher says to the
 * stage's examples is taught beside the reference answers: {@code weight} times the cross-entropy of both outputs, softened
 * by {@code temperature}, mean over all answer tokens. The teacher reads the reference answers too, so that both speak of the
 * same tokens. No old data are kept; the copy is freed when the stage ends.
 */
@Component(name = "lwf", factory = Baseline.KIND)
@Designate(ocd = LwfBaseline.Options.class)
@Paper("Li, Hoiem: Learning without Forgetting, ECCV 2016, section 3")
public final class LwfBaseline extends LearnerWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(
            name = "Learning without Forgetting",
            description = "Teaches what was said to the new data before they are learned, over any learner.")
    public @interface Options {

        /** By default the paper's; aimagelab/mammoth has 0.5. */
        @AttributeDefinition(description = "Weight of what is taught by the model before the stage.", min = "0")
        double weight() default 1;

        @AttributeDefinition(
                description = "Both outputs are raised to the power of 1 / temperature.",
                min = "0.01",
                max = "1000")
        double temperature() default 2;

        /** By default not, as in the paper; usual where outputs are distilled otherwise. */
        @AttributeDefinition(description = "Whether the weight is multiplied by the temperature squared.")
        boolean scaled() default false;
    }

    private final double weight;
    private final Distillation distillation;
    private Optional<Twin> teacher = Optional.empty();

    @Activate
    public LwfBaseline(Options options) {
        weight = options.weight();
        distillation = new Distillation(options.temperature(), options.scaled());
    }

    /** The first stage has nothing to remember. */
    @Override
    public void beginStage(Stage stage, StageData data) {
        if (stage.number() > 1) {
            teacher = Optional.of(context().twin());
        }
        super.beginStage(stage, data);
    }

    /** {@code lwf}, from the second stage on. */
    @Override
    protected Map<String, NDArray> terms(Forward forward, TrainingStep step) {
        return teacher.map(twin -> distillation.of(said(twin, forward.batch()), forward.output()))
                .map(distance -> Map.of("lwf", Ops.scale(distance, weight)))
                .orElse(Map.of());
    }

    private CausalLmOutput said(Twin twin, Batch batch) {
        return Autograd.noGrad(() -> Forward.of(context().backbone(), twin.learner(), batch))
                .output();
    }

    @Override
    public void endStage(Stage stage, StageData data) {
        super.endStage(stage, data);
        teacher.ifPresent(Twin::close);
        teacher = Optional.empty();
    }
}
