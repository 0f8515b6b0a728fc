package karuta.prompt;

import karuta.api.Learner;
import karuta.api.Paper;
import karuta.tensor.CardPlayer;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Plays pool x selector x fusion. With the pool "prototype", the selector "dual" and the fusion "concat" this is ModalPrompt.
 */
@Component(name = "prompt", factory = Learner.KIND)
@Designate(ocd = PromptLearner.About.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, section 3")
public final class PromptLearner extends CardPlayer {

    /** It has no options. */
    @ObjectClassDefinition(
            name = "Prompt learner",
            description = "Plays a pool, a selector and a fusion; with prototype, dual and concat it is ModalPrompt.")
    public @interface About {}
}
