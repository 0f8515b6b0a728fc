package my.lab.warm;

import ai.djl.ndarray.NDArray;
import java.util.Comparator;
import karuta.api.Guidance;
import karuta.api.Insert.Tokens;
import karuta.api.PromptPool;
import karuta.tensor.FeatureMeans;
import karuta.tensor.Ops;
import karuta.tensor.PromptStart;
import karuta.tensor.PrototypeKeys;
import karuta.tensor.StagedPromptPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** ModalPrompt's pool with a warm start: a prompt begins as the earlier one whose key is most like the mean instruction of the task. */
@Component(name = "warm", factory = PromptPool.KIND)
@Designate(ocd = Warm.Options.class)
public final class Warm extends StagedPromptPool {

    @ObjectClassDefinition(description = "A prompt per task that begins as that of the most similar earlier task.")
    public @interface Options {
        @AttributeDefinition(description = "Soft tokens per prompt (M).", min = "1")
        int length() default 10;
    }

    @Activate
    public Warm(Options options) {
        super("warm", 1, options.length(), Warm::nearest, new PrototypeKeys(1, 1, 0.06));
    }

    private static NDArray nearest(PromptStart.Opening opening) {
        var task = FeatureMeans.of(opening.data(), opening.context()).get(Guidance.TEXT);
        return opening.earlier().stream()
                .max(Comparator.comparing(
                        card -> Ops.cosine(card.keys().get(Guidance.TEXT), task).getFloat()))
                .map(card -> ((Tokens) card.inserts().get(0)).embeddings())
                .orElseGet(() -> PromptStart.tokens().of(opening));
    }
}
