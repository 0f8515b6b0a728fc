package my.lab.several;

import karuta.api.PromptPool;
import karuta.tensor.PromptStart;
import karuta.tensor.PrototypeKeys;
import karuta.tensor.StagedPromptPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** ModalPrompt's pool with several prompts per task, each a card with a prototype of its own. */
@Component(name = "several", factory = PromptPool.KIND)
@Designate(ocd = Several.Options.class)
public final class Several extends StagedPromptPool {

    @ObjectClassDefinition(description = "Several prompts per task, each with a prototype that it is found by.")
    public @interface Options {
        @AttributeDefinition(description = "Prompts per task.", min = "1")
        int prompts() default 2;

        @AttributeDefinition(description = "Soft tokens per prompt (M).", min = "1")
        int length() default 5;
    }

    @Activate
    public Several(Options options) {
        super("several", options.prompts(), options.length(), PromptStart.tokens(), new PrototypeKeys(1, 1, 0.06));
    }
}
