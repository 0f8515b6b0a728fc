package karuta.pool.prototype;

import karuta.api.Ability;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.PromptPool;
import karuta.tensor.PromptStart;
import karuta.tensor.PrototypeKeys;
import karuta.tensor.StagedPromptPool;
import karuta.tensor.WarmStart;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/**
 * ModalPrompt's pool. Every stage opens a prompt P [M, d], copies of randomly drawn rows of the backbone's token
 * embeddings, and a transform h; the mean of h(P) is the prototype p [c] that guidance is compared with. Two alignment
 * losses pull p to the stage's image and text features. When the stage ends, p is computed once and kept, h is dropped,
 * and the card never changes again. The number of stages is open.
 */
@Component(name = "prototype", factory = PromptPool.KIND)
@Designate(ocd = PrototypePool.Options.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, section 3 (prototype prompts)")
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES, Ability.ONE_WIDTH})
public final class PrototypePool extends StagedPromptPool implements PromptPool {

    /** Options of this pool. */
    @ObjectClassDefinition(
            name = "Prototype pool",
            description = "A soft prompt per stage, and the prototype that it is found by.")
    public @interface Options {

        @AttributeDefinition(description = "Soft tokens per prompt (M).", min = "1")
        int length() default 10;

        @AttributeDefinition(description = "Weight of the alignment with the image features.", min = "0")
        double lossImage() default 1;

        @AttributeDefinition(description = "Weight of the alignment with the text features.", min = "0")
        double lossText() default 1;

        @AttributeDefinition(description = "Factor on the learning rate of the transform.", min = "0")
        double transformRate() default 1;

        @AttributeDefinition(
                description =
                        "What a prompt starts as: random rows of the vocabulary (ModalPrompt), the prompt of the earlier"
                                + " card that the task's samples are most like, or the mean of all earlier prompts.",
                options = {@Option("rows"), @Option("nearest"), @Option("mean")})
        String init() default "rows";
    }

    @Activate
    public PrototypePool(Options options) {
        this(options.length(), options.lossImage(), options.lossText(), options.transformRate(), start(options.init()));
    }

    PrototypePool(int length, double lossImage, double lossText, double transformRate) {
        this(length, lossImage, lossText, transformRate, start("rows"));
    }

    PrototypePool(int length, double lossImage, double lossText, double transformRate, PromptStart start) {
        super("prototype", 1, length, start, new PrototypeKeys(lossImage, lossText, transformRate));
    }

    static PromptStart start(String init) {
        return switch (init) {
            case "nearest" -> WarmStart.nearest(PromptStart.tokens());
            case "mean" -> WarmStart.mean(PromptStart.tokens());
            default -> PromptStart.tokens();
        };
    }
}
