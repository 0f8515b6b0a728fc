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
import org.osgi.service.metatype.annotations.Option;

/**
 * Gradient Episodic Memory over any learner. With G the gradients of the memories of earlier stages, one row each, a step's
 * gradient g that goes against one of them becomes the nearest vector that goes against none:
 *
 * <pre>
 *   g + G^T v   with v the least of   1/2 v^T G G^T v + g^T G^T v   over v >= 0
 * </pre>
 *
 * <p>The program is solved exactly ({@link NonNegative}), without the multiple of the identity that published code adds. Its
 * cost is a pass over a memory per earlier stage and step. See {@link AgemBaseline} for what else both have in common.
 */
@Component(name = "gem", factory = Baseline.KIND)
@Designate(ocd = GemBaseline.Options.class)
@Paper("Lopez-Paz, Ranzato: Gradient Episodic Memory for Continual Learning, NeurIPS 2017, section 3")
@Needs(Ability.STORED_SAMPLES)
public final class GemBaseline extends MemoryWrapper implements Baseline {

    /** Options of this baseline. */
    @ObjectClassDefinition(
            name = "Gradient Episodic Memory",
            description = "Keeps steps from going against the gradient of any earlier task's stored examples.")
    public @interface Options {

        @AttributeDefinition(description = "How many examples are kept of each stage.", min = "1")
        int examples() default 256;

        /** By default the whole memory, as published; in a large model a memory of 256 is 16 passes per task and step. */
        @AttributeDefinition(
                description = "How many of a stage's examples each training step looks at; 0 for all.",
                min = "0")
        int batch() default 0;

        @AttributeDefinition(
                description = "How much of each memory's gradient is added at least (gamma, published: 0.5).",
                min = "0")
        double margin() default 0.5;

        /** By default as the authors' code has it, which made the published numbers; the paper's text adds gamma to v. */
        @AttributeDefinition(
                description = "Whether the margin is the least that v may be, or is added to v.",
                options = {@Option("bound"), @Option("added")})
        String marginAs() default "bound";
    }

    private final int batch;
    private final double margin;
    private final boolean bound;

    @Activate
    public GemBaseline(Options options) {
        super(options.examples(), "baseline.gem");
        batch = options.batch() == 0 ? options.examples() : options.batch();
        margin = options.margin();
        bound = options.marginAs().equals("bound");
    }

    @Override
    Direction changed(Direction gradient, List<Parameter> parameters, TrainingStep step) {
        var references = memories().drawEach(batch, step.random()).stream()
                .map(drawn -> gradient(drawn, parameters, step))
                .toList();
        return gradient.notAgainst(references, margin, bound);
    }
}
