package karuta.baseline.gem;

import java.util.List;
import karuta.api.Ability;
import karuta.api.Baseline;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Parameter;
import karuta.api.TrainingStep;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Averaged GEM over any learner. In every step examples are drawn from all memories together; where the step's gradient g goes
 * against theirs, {@code g . r < 0}, it becomes {@code g - (g . r / r . r) r}, which does not.
 *
 * <p>Both gradients are by all parameters that the step moves, as one vector; r is that of the language model's loss alone.
 * The optimiser scales g number by number afterwards (Adam), so that the move itself may still go against r a little, as in
 * all code that uses Adam.
 */
@Component(name = "agem", factory = Baseline.KIND)
@Designate(ocd = AgemBaseline.Options.class)
@Paper("Chaudhry, Ranzato, Rohrbach, Elhoseiny: Efficient Lifelong Learning with A-GEM, ICLR 2019, section 4")
@Needs(Ability.STORED_SAMPLES)
public final class AgemBaseline extends MemoryWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(
            name = "A-GEM",
            description = "Keeps steps from going against the gradient of stored examples, over any learner.")
    public @interface Options {

        /** By default as many as GEM keeps of a task; the paper has 13 for each class. */
        @AttributeDefinition(description = "How many examples are kept of each stage.", min = "1")
        int examples() default 256;

        /** By default what other rehearsal here draws; the paper has 256, mammoth one training batch. */
        @AttributeDefinition(description = "How many of all of them each training step looks at.", min = "1")
        int batch() default 16;
    }

    private final int batch;

    @Activate
    public AgemBaseline(Options options) {
        super(options.examples(), "baseline.agem");
        batch = options.batch();
    }

    @Override
    Direction changed(Direction gradient, List<Parameter> parameters, TrainingStep step) {
        var drawn = memories().drawAll(batch, step.random());
        return gradient.notAgainst(gradient(drawn, parameters, step));
    }
}
