package karuta.method.hide;

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

/** The cards of HiDe-LLaVA: per task its adapters, found by the means of its image and its text features. */
@Component(name = "pool.hide", factory = PromptPool.KIND)
@Designate(ocd = HidePool.Options.class)
@Paper(
        "Guo et al.: HiDe-LLaVA: Hierarchical Decoupling for Continual Instruction Tuning of Multimodal Large Language Model, ACL"
                + " 2025; details from the code, github.com/Ghy0501/HiDe-LLaVA")
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class HidePool extends AdapterPool {

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "HiDe-LLaVA",
            description = "A set of adapters per task, with keys for image and text.")
    public @interface Options {

        @AttributeDefinition(
                description = "Rank of a task's adapter (published: a total of 64 for 8 tasks).",
                min = "1")
        int rank() default 8;

        @AttributeDefinition(
                description = "What its output is multiplied by (published: alpha / total rank = 128 / 64).",
                min = "0")
        double scale() default 2;

        @AttributeDefinition(
                description = "Linear layers that get adapters: names, last parts of names, or regular expressions.")
        String[] targets() default {"q_proj", "k_proj", "v_proj", "o_proj", "gate_proj", "up_proj", "down_proj"};
    }

    @Activate
    public HidePool(Options options) {
        super("pool.hide", options.rank(), options.scale(), List.of(Guidance.IMAGE, Guidance.TEXT), options.targets());
    }
}
