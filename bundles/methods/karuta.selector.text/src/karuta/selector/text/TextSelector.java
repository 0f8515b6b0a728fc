package karuta.selector.text;

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

/** Chooses the K cards whose prototypes are most like the instruction. */
@Component(name = "text", factory = Selector.KIND)
@Designate(ocd = TextSelector.Options.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, ablation \"text guidance only\"")
@Needs(Ability.TEXT_FEATURES)
public final class TextSelector implements Selector {

    /** Options of this selector. */
    @ObjectClassDefinition(name = "Text selector", description = "Chooses cards by the instruction alone.")
    public @interface Options {

        @AttributeDefinition(
                description = "How many cards are used at once (K); in training, one of them is the open one.",
                min = "1")
        int k() default 3;
    }

    private final int k;

    @Activate
    public TextSelector(Options options) {
        this(options.k());
    }

    TextSelector(int k) {
        this.k = k;
    }

    @Override
    public List<Selection> select(Calls calls) {
        return calls.top(k, CardSimilarity.text(calls));
    }
}
