package karuta.method.disco;

import java.util.List;
import karuta.api.Ability;
import karuta.api.Guidance;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.PromptPool;
import karuta.tensor.AdapterPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** The cards of DISCO: per task its adapters, found by the mean of its text features. */
@Component(name = "pool.disco", factory = PromptPool.KIND)
@Designate(ocd = DiscoPool.Options.class)
@Paper("Guo et al.: Federated Continual Instruction Tuning, ICCV 2025 (DISCO, one client); details from the code,"
        + " github.com/Ghy0501/FCIT")
@Needs(Ability.TEXT_FEATURES)
public final class DiscoPool extends AdapterPool {

    /** Options of this pool. */
    @ObjectClassDefinition(name = "DISCO", description = "A set of adapters per task, with a key for the text.")
    public @interface Options {

        /** By default as MCITlib has it for one client. */
        @AttributeDefinition(
                description = "Rank of a task's adapter (published: a total of 96 for 6 tasks).",
                min = "1")
        int rank() default 16;

        @AttributeDefinition(
                description = "What its output is multiplied by (published: alpha / total rank = 2).",
                min = "0")
        double scale() default 2;

        @AttributeDefinition(
                description = "Linear layers that get adapters: names, last parts of names, or regular expressions.")
        String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
    }

    @Activate
    public DiscoPool(Options options) {
        super("pool.disco", options.rank(), options.scale(), List.of(Guidance.TEXT), options.targets());
    }
}
