package karuta.fusion.best;

import java.util.List;
import karuta.api.Cards;
import karuta.api.Fusion;
import karuta.api.Insert;
import karuta.api.Paper;
import karuta.api.Selection;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/**
 * Uses the last card of the selection alone: the best one at inference, the one that is being learned in training. The
 * other chosen cards stay in the record, but nothing is transferred from them.
 */
@Component(name = "best", factory = Fusion.KIND)
@Designate(ocd = BestFusion.About.class)
@Paper("Zeng, Zhu, Guo, Zhang, Liu: ModalPrompt: Towards Efficient Multimodal Continual Instruction Tuning with"
        + " Dual-Modality Guided Prompt, EMNLP 2025, ablation \"selection without fusion\"")
public final class BestFusion implements Fusion {

    /** It has no options. */
    @ObjectClassDefinition(name = "Best", description = "The best of the chosen cards alone.")
    public @interface About {}

    @Override
    public List<List<Insert>> fuse(List<Choice> samples, Cards cards) {
        return samples.stream().map(sample -> best(sample.selection())).toList();
    }

    private static List<Insert> best(Selection selection) {
        var picks = selection.picks();
        return picks.isEmpty() ? List.of() : picks.get(picks.size() - 1).card().inserts();
    }
}
