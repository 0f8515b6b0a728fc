package karuta.selector.dual;

import java.util.List;
import karuta.api.Ability;
import karuta.api.Calls;
import karuta.api.Needs;
import karuta.api.Paper;
import karuta.api.Selection;
import karuta.api.Selector;
import karuta.tensor.CardSimilarity;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Chooses the K cards whose prototypes p are most like image u and instruction v: {@code lambda cos(u, p) + (1 -
 * lambda) cos(v, p)}. A sample without image is scored by its text alone, one without text by its image.
 */
@Component(name = "dual", factory = Selector.KIND)
@Designate(ocd = DualSelector.Options.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, section 3 (dual-modality guided prompt selection)")
@Needs({Ability.IMAGE_FEATURES, Ability.TEXT_FEATURES})
public final class DualSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "Dual selector", description = "Chooses cards by image and instruction together.")
    public @interface Options {

        @AttributeDefinition(
                description = "How many cards are used at once (K); in training, one of them is the open one.",
                min = "1")
        int k() default 3;

        @AttributeDefinition(description = "Weight of the image; the instruction has the rest.", min = "0", max = "1")
        double lambda() default 0.5;
    }

    private final int k;
    private final double lambda;

    @Activate
    public DualSelector(Options options) {
        this(options.k(), options.lambda());
    }

    DualSelector(int k, double lambda) {
        this.k = k;
        this.lambda = lambda;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(k, CardSimilarity.dual(calls, lambda));
    }
}
